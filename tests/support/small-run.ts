import { setTimeout as pause } from 'node:timers/promises';
import { RekeyError } from '../../src/core/errors.ts';
import { fingerprint, type ObjectState } from '../../src/core/object-state.ts';
import type { Change } from '../../src/core/plan-file.ts';
import type { Bamboo, Pair, RunFiles, Runtime, WriteAnswer } from '../../src/core/ports.ts';
import { Secret } from '../../src/core/secret.ts';
import type { ItemWork } from '../../src/verbs/item-work.ts';
import { type RunEnd, type RunOrder, runChanges } from '../../src/verbs/run-changes.ts';
import { change, state, stateWith } from './core-samples.ts';
import { createManualClock } from './manual-clock.ts';

/** What a write does to what is held, and what the server says of it. */
type Writing = (pair: Pair, held: ObjectState) => { readonly held: ObjectState; readonly answer: WriteAnswer };

/** The write of a server that does what it says. */
export const honest: Writing = (pair, held) => ({ held: { ...held, credential: stateWith(pair.username).credential }, answer: { kind: 'saved' } });

const ORDER: RunOrder = {
  concurrency: 2,
  batch: 25,
  canary: 0,
  maxFailures: 3,
  test: 'none',
  intended: new Set(),
  standing: new Map(),
  skipped: new Map(),
  goOn: async () => true,
  whyEnd: async () => undefined,
};

/** A run over a few objects that lie in memory, and one list of everything that happened, in its order. */
export class SmallRun {
  readonly changes: readonly Change[];
  readonly happened: string[] = [];
  readonly held: Map<string, ObjectState>;
  /** By id; the others are honest. */
  readonly writings = new Map<string, Writing>();
  /** By id: what reading ends with. */
  readonly unreadable = new Map<string, RekeyError>();
  /** Fails the disk when it is to take such a line. */
  fullFor: 'intent' | 'snapshot' | 'outcome' | 'nothing' = 'nothing';
  readonly stop = new AbortController();

  constructor(count: number) {
    const ids = Array.from({ length: count }, (_, number) => String(number + 1));
    this.changes = ids.map((id) => change({ id, fingerprint: fingerprint(stateOf(id)) }));
    this.held = new Map(ids.map((id) => [id, stateOf(id)]));
  }

  async carryOut(order: Partial<RunOrder> = {}): Promise<RunEnd> {
    const clock = createManualClock();
    const runtime = { clock, stop: this.stop.signal, emit: () => undefined } as unknown as Runtime;
    const work: ItemWork = {
      bamboo: this.#bamboo(),
      files: this.#files(),
      clock,
      pairOf: async ({ after }) => ({ username: after.username, secret: new Secret('a-new-token') }),
      emit: () => undefined,
    };
    return await runChanges(this.changes, { ...ORDER, ...order }, work, runtime);
  }

  /** How each item ended, by id. */
  outcomes({ outcomes }: RunEnd): Record<string, string> {
    return Object.fromEntries(this.changes.map(({ id }) => [id, outcomes.get(`repository:${id}`)?.kind ?? 'none']));
  }

  /** The happenings of one kind: `write`, `read`, `intent`, ... */
  all(kind: string): string[] {
    return this.happened.filter((each) => each.split(' ')[0] === kind);
  }

  #bamboo(): Bamboo {
    const open = async ({ id }: { readonly id: string }) => {
      this.happened.push(`read ${id}`);
      const [held, problem] = [this.held.get(id), this.unreadable.get(id)];
      if (problem !== undefined) throw problem;
      if (held === undefined) throw new TypeError(`the test has no object ${id}`);
      return {
        kind: 'object' as const,
        object: { state: held, write: (pair: Pair) => this.#write(id, pair), test: async () => ({ kind: 'reachable' as const }) },
      };
    };
    return { route: () => ({ name: 'form', open }) } as unknown as Bamboo;
  }

  async #write(id: string, pair: Pair): Promise<WriteAnswer> {
    this.happened.push(`write ${id}`);
    const { held, answer } = (this.writings.get(id) ?? honest)(pair, this.held.get(id) ?? stateOf(id));
    this.held.set(id, held);
    return answer;
  }

  /** A disk that takes its time: whoever does not wait for it is seen. */
  #files(): RunFiles {
    const take = async (line: 'snapshot' | 'intent' | 'outcome' | 'other', key: string): Promise<void> => {
      await pause(2);
      if (line === this.fullFor) throw new RekeyError('DISK_FAILED', 'The disk is full.');
      this.happened.push(`${line} ${key.replace('repository:', '')}`);
    };
    return {
      run: 'run-1',
      snapshot: ({ key }) => take('snapshot', key),
      journal: (entry) => take(entry.kind === 'intent' || entry.kind === 'outcome' ? entry.kind : 'other', 'key' in entry ? entry.key : ''),
      summary: async () => undefined,
      close: async () => undefined,
    };
  }
}

function stateOf(id: string): ObjectState {
  const sample = state();
  return { ...sample, place: { ...sample.place, id } };
}
