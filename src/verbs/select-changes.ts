import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { Change, PlanFile } from '../core/plan-file.ts';
import { selects } from '../core/selection.ts';

/** @throws RekeyError SELECTION_EMPTY when the plan has changes and none is selected */
export function selectChanges(plan: PlanFile, selection: Selection): Change[] {
  const changes = plan.changes.filter((change) => selects(selection, change));
  if (changes.length === 0 && plan.changes.length > 0) throw emptySelection(plan.changes.length);
  return changes;
}

/** The error for a selection that matches nothing of what there is. */
export function emptySelection(objects: number): RekeyError {
  return new RekeyError('SELECTION_EMPTY', `The selection matches none of ${objects} object(s).`);
}
