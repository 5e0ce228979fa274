import fc from 'fast-check';
import type { FaultInput } from '../../src/simulator/index.ts';
import type { Mishap } from './in-process.ts';

/** One step of a random story. */
export type Step =
  | {
      readonly kind: 'command';
      readonly verb: 'apply' | 'resume' | 'rollback';
      readonly concurrency: 1 | 4;
      readonly faults: readonly FaultInput[];
      readonly mishap: Mishap;
    }
  | { readonly kind: 'edit'; readonly index: number; readonly what: 'pair' | 'setting' }
  | { readonly kind: 'restart' };

/** A random story: a part of the plan, and what happens to it. */
export interface Story {
  /** Which of the plan's changes are taken: bit n for the nth. */
  readonly taken: number;
  readonly steps: readonly Step[];
}

/** A month: far enough for whatever waits, and no token runs out. */
const CLOCK_MS = 30 * 24 * 3_600_000;

const point = fc.nat({ max: 260 });

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('kill' as const), at: point, unsynced: fc.constantFrom('kept' as const, 'lost' as const) }),
  fc.record({ kind: fc.constant('drop-answer' as const), at: point }),
  fc.record({ kind: fc.constant('interrupt' as const), at: point }),
  fc.record({ kind: fc.constant('restart' as const), at: point, down: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('clock' as const), at: point, by: fc.integer({ min: -CLOCK_MS, max: CLOCK_MS }) }),
);

/** Everything that a server, a proxy or a network does without changing what is stored beyond the save itself. */
const reading = [
  'answer-lost',
  'reset',
  'error-page',
  'html-instead-of-json',
  'xml-error',
  'page-cut',
  'session-lost',
  'unauthorized',
  'forbidden',
  'rate-limit',
] as const;
/** Saves that are not what they seem come more often than the rest. */
const saving = [...reading, 'save-ignored', 'save-ignored', 'save-ignored', 'answer-lost', 'error-page-after-write', 'error-page-after-write'] as const;

const fault: fc.Arbitrary<FaultInput> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...reading),
    method: fc.constant('GET'),
    path: fc.constantFrom('.action', 'Repository'),
    skip: fc.nat({ max: 8 }),
    times: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom(...saving),
    method: fc.constant('POST'),
    path: fc.constantFrom('/update', '.action', 'port/'),
    skip: fc.nat({ max: 3 }),
    times: fc.integer({ min: 1, max: 2 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      verb: fc.constantFrom('apply' as const, 'resume' as const, 'resume' as const, 'rollback' as const),
      concurrency: fc.constantFrom(1 as const, 4 as const),
      faults: fc.array(fault, { maxLength: 2 }),
      mishap,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), index: fc.nat({ max: 20 }), what: fc.constantFrom('pair' as const, 'setting' as const) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

/** Stories that begin with an apply. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    taken: fc.integer({ min: 1, max: 2 ** 5 - 1 }),
    first: mishap,
    faults: fc.array(fault, { maxLength: 1 }),
    concurrency: fc.constantFrom(1 as const, 4 as const),
    steps: fc.array(step, { maxLength: 3 }),
  })
  .map(({ taken, first, faults, concurrency, steps }) => ({
    taken,
    steps: [{ kind: 'command', verb: 'apply', concurrency, faults, mishap: first }, ...steps],
  }));
