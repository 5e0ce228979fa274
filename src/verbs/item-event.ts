import type { RunEvent } from '../core/events.ts';
import type { Outcome } from '../core/outcome.ts';
import { placeOf } from '../core/place.ts';
import type { Change, NotChanged } from '../core/plan-file.ts';

/** The event that tells how one item ended; `ms` is how long it took, and nothing where the clock was set back meanwhile. */
export function itemEvent(change: Change | NotChanged, outcome: Outcome, ms: number): RunEvent {
  return { event: 'ITEM', ...placeOf(change), outcome: outcome.kind, ...(outcome.why === undefined ? {} : { reason: outcome.why }), ms: Math.max(0, ms) };
}
