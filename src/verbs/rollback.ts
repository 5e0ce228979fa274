import type { Config, Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { sealPlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { planFromSnapshot, reversePlan } from '../core/rollback-plan.ts';
import { selects } from '../core/selection.ts';
import { loadRun } from './load-run.ts';
import { runPlan } from './run-plan.ts';
import type { Pace, RunResult } from './run-result.ts';
import { emptySelection } from './select-changes.ts';
import { startRun } from './start-run.ts';

export interface RollbackOptions extends Pace {
  /** One of the two. */
  readonly run?: string;
  readonly snapshot?: string;
  readonly selection: Selection;
}

/** The plan that would restore what a run changed; writes nothing. */
export async function previewRollback(options: RollbackOptions, runtime: Runtime): Promise<PlanFile> {
  const config = await runtime.config();
  const plan = options.run === undefined ? await fromSnapshot(options, config, runtime) : await fromRun(options.run, config, runtime);
  const changes = plan.changes.filter((change) => selects(options.selection, change));
  const cannot = plan.cannot.filter((item) => selects(options.selection, item));
  if (changes.length + cannot.length === 0 && plan.changes.length + plan.cannot.length > 0) throw emptySelection(plan.changes.length + plan.cannot.length);
  return sealPlan({ ...plan, changes, cannot, summary: { change: changes.length, unchanged: plan.unchanged.length, cannot: cannot.length } });
}

/** Restores what a run changed, in reverse order, only where the server still holds what the run wrote. */
export async function rollback(options: RollbackOptions, runtime: Runtime): Promise<RunResult> {
  const plan = await previewRollback(options, runtime);
  const { changes, cannot } = plan;
  return runPlan(
    {
      verb: 'rollback',
      plan,
      changes,
      settled: new Map(),
      intended: new Set(),
      left: cannot,
      pace: options,
      openFiles: () => startRun('rollback', plan, changes, runtime),
    },
    runtime,
  );
}
