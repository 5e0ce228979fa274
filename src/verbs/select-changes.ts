import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { Unread } from '../core/inventory.ts';
import type { Change, PlanFile } from '../core/plan-file.ts';
import { selects } from '../core/selection.ts';

/** @throws RekeyError SELECTION_EMPTY when the plan has changes and none is selected */
export function selectChanges(plan: PlanFile, selection: Selection): Change[] {
  const changes = plan.changes.filter((change) => selects(selection, change));
  if (changes.length === 0 && plan.changes.length > 0) throw emptySelection(plan.changes.length);
  return changes;
}

/** The error for a selection that matches nothing of what there is; what it was meant for may be among what could not be read. */
export function emptySelection(objects: number, unread: readonly Unread[] = []): RekeyError {
  const [first] = unread;
  const missed = first === undefined ? '' : ` ${unread.length} more could not be read, the first of them, ${first.what}, because: ${first.why}`;
  return new RekeyError('SELECTION_EMPTY', `The selection matches none of ${objects} object(s).${missed}`);
}
