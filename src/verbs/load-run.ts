import { RekeyError } from '../core/errors.ts';
import type { RunState } from '../core/journal.ts';
import { replay } from '../core/journal-replay.ts';
import type { Runtime, StoredRun } from '../core/ports.ts';

/** A stored run with its journal replayed. @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED, also when the journal belongs to another plan than the one beside it */
export async function loadRun(run: string, runtime: Runtime): Promise<{ readonly stored: StoredRun; readonly state: RunState }> {
  const stored = await (await runtime.store()).read(run);
  const state = replay(stored.journal);
  if (stored.plan.digest === state.digest) return { stored, state };
  throw new RekeyError('RUN_DAMAGED', `The journal of run ${run} belongs to another plan (${state.digest}) than the one beside it (${stored.plan.digest}).`);
}
