import { placeOf } from '../core/place.ts';
import { sealPlan } from '../core/plan-codec.ts';
import { type Change, changeKey, type PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { asItStands } from '../core/rollback-preview.ts';
import { type ObjectToRead, readObjects } from './read-objects.ts';
import { type RollbackOptions, wayBack } from './rollback.ts';

/** What a rollback would restore as the server stands now, told as events, too; writes nothing. */
export async function previewRollback(options: RollbackOptions, runtime: Runtime): Promise<PlanFile> {
  const { plan, undoes } = await wayBack(options, runtime);
  // The way back from a snapshot was made from what the server holds.
  const preview = undoes === undefined ? plan : sealPlan(asItStands(plan, await readObjects(plan.changes.map(toRead), runtime)));
  for (const change of preview.changes) {
    const { before, after, rollback: grade, warnings } = change;
    runtime.emit({ event: 'WOULD_RESTORE', ...placeOf(change), before, after, rollback: grade, warnings });
  }
  for (const item of preview.cannot) runtime.emit({ event: 'CANNOT_RESTORE', ...item });
  return preview;
}

function toRead(change: Change): ObjectToRead {
  return { key: changeKey(change), place: placeOf(change), route: change.route };
}
