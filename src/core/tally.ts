import { assertNever } from './assert-never.ts';
import type { ItemState } from './journal.ts';
import type { Outcome, OutcomeKind, Tally } from './outcome.ts';

/** How an item stands as an outcome. One that was never started is skipped; one whose write was never answered for is unknown. */
export function outcomeOf(item: ItemState): Outcome {
  switch (item.kind) {
    case 'pending':
      return { kind: 'skipped', why: 'never started' };
    case 'intended':
      return { kind: 'unknown', why: 'a write may have been sent, and its outcome was never recorded; "resume" settles it' };
    case 'done':
      return item.outcome;
    default:
      return assertNever(item);
  }
}

/** Counts outcomes; the counts add up to `total`. */
export function countOutcomes(outcomes: Iterable<OutcomeKind>): Tally {
  const counts: Record<OutcomeKind, number> = { changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
  let total = 0;
  for (const outcome of outcomes) {
    counts[outcome] += 1;
    total += 1;
  }
  return { total, ...counts };
}
