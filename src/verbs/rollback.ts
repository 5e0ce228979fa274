import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import type { Pace, RunResult } from './apply.ts';

export interface RollbackOptions extends Pace {
  /** One of the two. */
  readonly run?: string;
  readonly snapshot?: string;
  readonly selection: Selection;
}

/** The plan that would restore what a run changed; writes nothing. */
export async function previewRollback(_options: RollbackOptions, _runtime: Runtime): Promise<PlanFile> {
  throw new RekeyError('INTERNAL', 'being written');
}

/** Restores what a run changed, in reverse order, only where the server still holds what the run wrote. */
export async function rollback(_options: RollbackOptions, _runtime: Runtime): Promise<RunResult> {
  throw new RekeyError('INTERNAL', 'being written');
}
