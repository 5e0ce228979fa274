import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ItemState, JournalEntry } from '../../src/core/journal.ts';
import { replay } from '../../src/core/journal-replay.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { countOutcomes, outcomeOf } from '../../src/core/tally.ts';
import { samplePlan } from '../support/sample-plan.ts';
import { finished, intent, resumed, started } from '../support/sample-run.ts';

const begin = started('run-1', samplePlan());

const AnyOutcome: fc.Arbitrary<Outcome> = fc
  .constantFrom('changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown')
  .map((kind) => ({ kind, why: 'a reason' }));

/** What one session may do with one item: leave it, break off after the intent, or end it, with or without a write. */
const Lot = fc.oneof(
  fc.constant({ kind: 'left' as const }),
  fc.constant({ kind: 'broken-off' as const }),
  fc.record({ kind: fc.constant('written' as const), outcome: AnyOutcome }),
  fc.record({ kind: fc.constant('ended' as const), outcome: AnyOutcome }),
);
type Lot = typeof Lot extends fc.Arbitrary<infer T> ? T : never;

/** Sessions of one run: what each does with every item, in which order the lines come, and how it ends. */
const Story = fc.integer({ min: 0, max: 6 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    sessions: fc.array(
      fc.record({
        lots: fc.array(Lot, { minLength: size, maxLength: size }),
        order: fc.infiniteStream(fc.nat()),
        exit: fc.option(fc.constantFrom(0, 3, 5, 7, 130), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

function linesOf(key: string, lot: Lot): JournalEntry[] {
  const outcome = 'outcome' in lot ? [{ kind: 'outcome' as const, at: begin.at, key, outcome: lot.outcome }] : [];
  return lot.kind === 'left' || lot.kind === 'ended' ? outcome : [intent(key), ...outcome];
}

/** Merges the lines of all items in any order that keeps each item's own. */
function interleave(queues: JournalEntry[][], order: Iterator<number>): JournalEntry[] {
  const merged: JournalEntry[] = [];
  for (let open = queues.filter(({ length }) => length > 0); open.length > 0; open = open.filter(({ length }) => length > 0)) {
    const next = open[order.next().value % open.length]?.shift();
    if (next !== undefined) merged.push(next);
  }
  return merged;
}

function stateAfter(before: ItemState, lot: Lot): ItemState {
  if (lot.kind === 'left') return before;
  return lot.kind === 'broken-off' ? { kind: 'intended' } : { kind: 'done', outcome: lot.outcome };
}

describe('replay of any run that can be', () => {
  it('has for every item what its own last lines say, however the lines are mixed', () => {
    fc.assert(
      fc.property(Story, ({ size, sessions }) => {
        const keys = Array.from({ length: size }, (_, number) => `repository:${number}`);
        const entries: JournalEntry[] = [{ ...begin, kind: 'started', keys } as JournalEntry];
        const expected = new Map<string, ItemState>(keys.map((key) => [key, { kind: 'pending' }]));
        const intended = new Set<string>();
        sessions.forEach(({ lots, order, exit }, session) => {
          if (session > 0) entries.push(resumed());
          const lines = interleave(
            lots.map((lot, index) => linesOf(`repository:${index}`, lot)),
            order,
          );
          for (const line of lines) if (line.kind === 'intent') intended.add(line.key);
          entries.push(...lines, ...(exit === undefined ? [] : [finished(exit)]));
          lots.forEach((lot, index) => {
            const key = `repository:${index}`;
            expected.set(key, stateAfter(expected.get(key) ?? { kind: 'pending' }, lot));
          });
        });

        const state = replay(entries);
        expect([...state.items]).toEqual([...expected]);
        expect(state.intended).toEqual([...intended]);
        expect(state.exit).toBe(sessions.at(-1)?.exit);
        const { total, ...counts } = countOutcomes([...state.items.values()].map((item) => outcomeOf(item).kind));
        expect([total, Object.values(counts).reduce((sum, count) => sum + count, 0)]).toEqual([size, size]);
      }),
    );
  });

  it('of every beginning of it is believed, too: a crash can end the journal anywhere', () => {
    const entries = [begin, intent('repository:101'), finished(130), resumed(), intent('repository:102')];
    for (let length = 1; length <= entries.length; length += 1) expect(replay(entries.slice(0, length)).items.size).toBe(2);
  });
});
