import type { Clock, Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { Lane, type LaneWidth } from './lane.ts';
import { pause, type WaitEnds } from './pause.ts';
import { capped, retryAfterMs } from './retry-after.ts';

/** How long everybody waits after a 429 that does not say how long: Bitbucket's does not [M]. */
const UNNAMED_WAIT_MS = 5_000;
/** Shorter waits are not worth a line. */
const TOLD_FROM_MS = 5_000;

/** A change in how much is sent to a server. `waiting`: it asks for a pause of so long. */
export type PaceChange = { readonly host: string } & LaneWidth &
  ({ readonly change: 'slower' | 'faster' } | { readonly change: 'waiting'; readonly ms: number });

/** How much may be sent, who ends the waits, and who is told. */
export interface PacingWatch {
  /** The most requests that may be under way at one server, asked before each of them; else as many as are wanted. */
  readonly atMost?: () => number;
  /** Ends the longer waits of requests without a signal of their own. */
  readonly stop?: AbortSignal;
  readonly tell?: (change: PaceChange) => void;
}

/** The gate of one origin, shared by all workers; moments in milliseconds. */
interface Gate {
  readonly lane: Lane;
  /** The server wants no request before. */
  closedUntil: number;
  /** With spacing: the next request leaves then. */
  nextMoment: number;
  /** Least distance between two requests; 0 while the server has plenty left. */
  spacingMs: number;
  inFlight: number;
}

/**
 * Keeps to what a server can take, all workers together: waits out `Retry-After`, spaces the requests when few are left, and sends fewer at once while it is
 * slow. Each request is sent once; a 429 goes back to the caller. A write that was answered 429 was refused before it was begun.
 */
export function withPacing(http: Http, clock: Clock, { atMost = () => Number.POSITIVE_INFINITY, stop, tell = () => undefined }: PacingWatch = {}): Http {
  const gates = new Map<string, Gate>();
  return {
    send(request) {
      const { origin, host } = new URL(request.url);
      const gate = gates.get(origin) ?? openGate(host, clock, atMost, tell);
      gates.set(origin, gate);
      return gate.lane.use(async () => {
        await pass(gate, clock, { signal: request.signal, stop });
        const { response, closedMs } = await exchange(gate, request, http, clock);
        if (closedMs >= TOLD_FROM_MS) tell({ host, change: 'waiting', ...gate.lane.width, ms: closedMs });
        return response;
      });
    },
  };
}

function openGate(host: string, clock: Clock, atMost: () => number, tell: NonNullable<PacingWatch['tell']>): Gate {
  const lane = new Lane(clock, atMost, (before, width) => tell({ host, change: width.limit < before ? 'slower' : 'faster', ...width }));
  return { lane, closedUntil: 0, nextMoment: 0, spacingMs: 0, inFlight: 0 };
}

/** Looks again after each wait: another worker may have gone first, or the gate may have closed anew. */
async function pass(gate: Gate, clock: Clock, ends: WaitEnds): Promise<void> {
  for (;;) {
    const now = clock.now().getTime();
    const moment = Math.max(now, gate.closedUntil, gate.nextMoment);
    if (moment === now) {
      gate.nextMoment = now + gate.spacingMs;
      return;
    }
    await pause(clock, moment - now, ends);
  }
}

async function exchange(gate: Gate, request: HttpRequest, http: Http, clock: Clock): Promise<{ response: HttpResponse; closedMs: number }> {
  request.mayLeave?.();
  const departure = gate.lane.leave(request);
  gate.inFlight += 1;
  try {
    const response = await http.send(request);
    gate.lane.arrived(departure, response.status);
    return { response, closedMs: adjust(gate, response, clock.now()) };
  } catch (thrown) {
    gate.lane.failed(departure, thrown);
    throw thrown;
  } finally {
    gate.inFlight -= 1;
  }
}

/** Gives for how long an open gate was closed; 0 where it was closed already, or stays open. */
function adjust(gate: Gate, { status, headers }: HttpResponse, now: Date): number {
  const rate = readRate(headers);
  if (rate !== undefined) gate.spacingMs = rate.remaining > gate.inFlight ? 0 : capped(rate.intervalMs / rate.fill);
  // An answer that tells no rate is to a request that is not counted, or from a server that tells its rate in refusals alone.
  else if (status !== 429) gate.spacingMs = 0;
  const closedMs = closedForMs(status, headers, rate, now);
  const wasOpen = gate.closedUntil <= now.getTime();
  gate.closedUntil = Math.max(gate.closedUntil, now.getTime() + closedMs);
  return wasOpen ? closedMs : 0;
}

function closedForMs(status: number, headers: HttpResponse['headers'], rate: Rate | undefined, now: Date): number {
  const named = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
  if (named !== undefined) return named;
  if (rate?.remaining === 0) return capped(rate.intervalMs);
  return status === 429 ? UNNAMED_WAIT_MS : 0;
}

/** Tokens left now, and how many come back in which time. */
interface Rate {
  readonly remaining: number;
  readonly intervalMs: number;
  readonly fill: number;
}

/** `X-RateLimit-Remaining`, `-Interval-Seconds`, `-FillRate` of Bamboo [P for 9.6 and sister products]. */
function readRate(headers: HttpResponse['headers']): Rate | undefined {
  const [remaining, interval, fill] = ['remaining', 'interval-seconds', 'fillrate'].map((name) => Number.parseFloat(headers[`x-ratelimit-${name}`] ?? ''));
  if (remaining === undefined || !(remaining >= 0)) return undefined;
  return { remaining, intervalMs: (interval !== undefined && interval > 0 ? interval : 1) * 1000, fill: fill !== undefined && fill >= 1 ? fill : 1 };
}
