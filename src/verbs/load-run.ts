import { RekeyError } from '../core/errors.ts';
import type { RunState } from '../core/journal.ts';
import { replay } from '../core/journal-replay.ts';
import { decodePlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime, StoredRun } from '../core/ports.ts';
import { LATEST } from '../core/run-id.ts';

/** A run as it is stored, and how it stands. */
export interface LoadedRun {
  readonly stored: StoredRun;
  readonly state: RunState;
}

/** What a word names that may be a run or a plan file. */
export type LoadedTarget = ({ readonly kind: 'run' } & LoadedRun) | { readonly kind: 'plan'; readonly plan: PlanFile; readonly text: string };

/** A stored run with its journal replayed. @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED, also when the journal belongs to another plan than the one beside it */
export async function loadRun(run: string, runtime: Runtime): Promise<LoadedRun> {
  const stored = await (await runtime.store()).read(run);
  const state = replay(stored.journal);
  if (stored.plan.digest === state.digest) return { stored, state };
  throw new RekeyError('RUN_DAMAGED', `The journal of run ${run} belongs to another plan (${state.digest}) than the one beside it (${stored.plan.digest}).`);
}

/** The run of that id, or the newest for `latest`; else the plan file at that path. @throws RekeyError as `loadRun`, PLAN_INVALID | FILE_UNREADABLE */
export async function loadTarget(target: string, runtime: Runtime): Promise<LoadedTarget> {
  const isRun = target === LATEST || (await (await runtime.store()).list()).includes(target);
  if (isRun) return { kind: 'run', ...(await loadRun(target, runtime)) };
  const text = await runtime.documents.read(target);
  return { kind: 'plan', plan: decodePlan(text, target), text };
}
