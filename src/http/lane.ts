import pLimit, { type LimitFunction } from 'p-limit';
import { toRekeyError } from '../core/errors.ts';
import type { Clock, HttpRequest } from '../core/ports.ts';
import { afterAnswer, bounded, type Congestion, UNHINDERED, wanted } from './congestion.ts';
import { type Baseline, isOverloaded, judgeLatency, requestKind } from './latency.ts';

/** How many requests go to a server at once, after that has changed. */
export interface LaneWidth {
  readonly limit: number;
  readonly most: number;
}

/** A moment, in milliseconds. */
interface Moment {
  readonly at: number;
  /** For how long this process itself was busy until then. */
  readonly busy: number;
}

/** A request on its way. */
export interface Departure extends Moment {
  readonly request: HttpRequest;
  readonly turn: number;
}

/** The way to one server, shared by all workers: so many requests at once as it answers without slowing down. */
export class Lane {
  readonly #slots: LimitFunction = pLimit(UNHINDERED.limit);
  readonly #baselines = new Map<string, Baseline>();
  readonly #clock: Clock;
  readonly #atMost: () => number;
  readonly #onChange: (before: number, now: LaneWidth) => void;
  #state: Congestion = UNHINDERED;

  constructor(clock: Clock, atMost: () => number, onChange: (before: number, now: LaneWidth) => void) {
    this.#clock = clock;
    this.#atMost = atMost;
    this.#onChange = onChange;
  }

  get width(): LaneWidth {
    return { limit: this.#state.limit, most: this.#state.most };
  }

  /** Does it as soon as there is room. */
  use<T>(act: () => Promise<T>): Promise<T> {
    const most = this.#atMost();
    this.#become(wanted(bounded(this.#state, most), Math.min(most, this.#slots.activeCount + this.#slots.pendingCount + 1)));
    return this.#slots(act);
  }

  /** A request leaves now. */
  leave(request: HttpRequest): Departure {
    return { request, turn: this.#state.turn, ...this.#now() };
  }

  /** Its answer came. While this process was busy it could not have taken it: that time is not the server's. */
  arrived({ request, turn, at, busy }: Departure, status: number): void {
    const kind = requestKind(request, status);
    const now = this.#now();
    const { slow, baseline } = judgeLatency(this.#baselines.get(kind), Math.max(0, now.at - at - (now.busy - busy)), now.at);
    this.#baselines.set(kind, baseline);
    this.#become(afterAnswer(this.#state, { turn, slow: slow || isOverloaded(status) }));
  }

  /** No answer came. One that we have stopped ourselves tells nothing. */
  failed({ turn }: Departure, thrown: unknown): void {
    if (toRekeyError(thrown).code === 'SERVER_UNREACHABLE') this.#become(afterAnswer(this.#state, { turn, slow: true }));
  }

  #now(): Moment {
    return { at: this.#clock.now().getTime(), busy: this.#clock.busy?.() ?? 0 };
  }

  #become(next: Congestion): void {
    const { limit: before, most } = this.#state;
    this.#state = next;
    if (next.limit === before) return;
    this.#slots.concurrency = next.limit;
    if (next.most === most) this.#onChange(before, this.width);
  }
}
