import type { Config, Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { readLines } from '../core/line-codec.ts';
import { sealPlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { reversePlan } from '../core/rollback-plan.ts';
import { LATEST } from '../core/run-id.ts';
import type { RunResult } from '../core/run-result.ts';
import { SnapshotEntry } from '../core/snapshot.ts';
import { planFromSnapshot, routeOf } from '../core/snapshot-plan.ts';
import { loadRun } from './load-run.ts';
import type { Pace } from './pace.ts';
import { readObjects } from './read-objects.ts';
import { requireServer, runPlan } from './run-plan.ts';
import { emptySelection } from './select-changes.ts';
import { startRun } from './start-run.ts';
import { toolWords } from './tool-words.ts';

/** What to restore; exactly one of `run` and `snapshot`. */
export interface RollbackOptions extends Pace {
  readonly run?: string;
  /** Path of a `snapshot.jsonl`. */
  readonly snapshot?: string;
  readonly selection: Selection;
}

/** The way back, and the run that it goes back on, where it is one of this state directory. */
export interface WayBack {
  readonly plan: PlanFile;
  readonly undoes?: string;
}

/** The plan that goes back. @throws RekeyError of exit 2, and as reading does */
export async function wayBack(options: RollbackOptions, runtime: Runtime): Promise<WayBack> {
  const config = await runtime.config();
  if (options.run !== undefined) return fromRun(options.run, options.selection, config, runtime);
  if (options.snapshot !== undefined) return { plan: await fromSnapshot(options.snapshot, options.selection, config, runtime) };
  throw new RekeyError('USAGE_INVALID', 'A run id or --snapshot FILE is needed.');
}

/** Restores what a run changed, in reverse order, only where the server still holds what the run wrote. */
export async function rollback(options: RollbackOptions, runtime: Runtime): Promise<RunResult> {
  const back = await wayBack(options, runtime);
  const { plan } = back;
  const { changes, cannot } = plan;
  return runPlan(
    {
      verb: 'rollback',
      changes,
      settled: new Map(),
      intended: new Set(),
      left: cannot,
      pace: options,
      ...back,
      openFiles: (tokens) => startRun({ verb: 'rollback', changes, ...back }, tokens, runtime),
    },
    runtime,
  );
}

/** The newest apply that wrote something: a run that changed nothing, or one that itself went back, is not what "latest" means to a person who goes back. */
async function latestWriting(runtime: Runtime): ReturnType<typeof loadRun> {
  for (const run of (await (await runtime.store()).list()).reverse()) {
    const loaded = await loadRun(run, runtime);
    if (loaded.state.verb === 'apply' && loaded.state.intended.length > 0) return loaded;
  }
  throw new RekeyError('RUN_UNKNOWN', 'There is no apply yet that wrote something. To undo a rollback, name its run.');
}

async function fromRun(run: string, selection: Selection, config: Config, runtime: Runtime): Promise<WayBack> {
  const { stored, state } = run === LATEST ? await latestWriting(runtime) : await loadRun(run, runtime);
  requireServer(stored.plan, config);
  const kept = new Map(stored.snapshots.filter(({ document }) => document !== undefined).map(({ key }) => [key, { run: stored.run }]));
  const plan = reversePlan({ plan: stored.plan, intended: state.intended, kept, selection, config, now: runtime.clock.now(), tool: toolWords(runtime) });
  if (plan.changes.length + plan.cannot.length === 0 && state.intended.length > 0) throw emptySelection(state.intended.length);
  return { plan: sealPlan(plan), undoes: stored.run };
}

async function fromSnapshot(path: string, selection: Selection, config: Config, runtime: Runtime): Promise<PlanFile> {
  const { entries } = readLines(await runtime.documents.read(path), path, SnapshotEntry);
  const { version } = await (await runtime.bamboo()).info(runtime.stop);
  const current = await readObjects(
    entries.map((entry) => ({ ...entry, route: routeOf(entry) })),
    runtime,
  );
  const server = { url: config.bamboo.url, version };
  const plan = planFromSnapshot({ entries, file: path, current, selection, config, now: runtime.clock.now(), tool: toolWords(runtime), server });
  if (plan.changes.length + plan.cannot.length + plan.unchanged.length === 0) throw emptySelection(entries.length);
  return sealPlan(plan);
}
