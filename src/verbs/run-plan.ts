import type { Config } from '../core/config.ts';
import { endsEverything, RekeyError } from '../core/errors.ts';
import { type CutShort, runExit } from '../core/exit.ts';
import type { TokenUse } from '../core/journal.ts';
import type { Outcome } from '../core/outcome.ts';
import { placeOf } from '../core/place.ts';
import { type Change, changeKey, type NotChanged, type PlanFile } from '../core/plan-file.ts';
import type { Bamboo, CallCount, RunFiles, Runtime } from '../core/ports.ts';
import type { HostCalls, ServerFiles } from '../core/report/evidence.ts';
import type { ItemResult, RunResult } from '../core/run-result.ts';
import { countOutcomes } from '../core/tally.ts';
import { checkBuildOrder } from './build-order.ts';
import { requireTokens } from './find-tokens.ts';
import { followBuild } from './follow-build.ts';
import { itemEvent } from './item-event.ts';
import type { ItemWork } from './item-work.ts';
import { nextStep } from './next-step.ts';
import type { Pace } from './pace.ts';
import { pairOf } from './pair.ts';
import { type PreflightReport, preflight } from './preflight.ts';
import { type CanaryBuild, type RunEnd, type RunOrder, runChanges } from './run-changes.ts';
import { ServerWatch } from './server-watch.ts';

/** One run to carry out: a fresh one, or the rest of an earlier one. */
export interface PlannedRun {
  readonly verb: 'apply' | 'resume' | 'rollback';
  readonly plan: PlanFile;
  readonly changes: readonly Change[];
  /** Outcomes that an earlier part of the run has settled. */
  readonly settled: ReadonlyMap<string, Outcome>;
  readonly intended: ReadonlySet<string>;
  /** How an earlier part left the items that it did not settle. */
  readonly standing?: ReadonlyMap<string, Outcome>;
  /** Items that the run cannot take at all; they count as skipped. */
  readonly left: readonly NotChanged[];
  readonly pace: Pace;
  /** Of a rollback: the run that it goes back on, where that is known. */
  readonly undoes?: string;
  /** Token name -> what an earlier part of the run asked Bitbucket with it within this hour. */
  readonly earlier?: ReadonlyMap<string, CallCount>;
  /** Makes or reopens the run directory; called after every check has passed. */
  readonly openFiles: (tokens: readonly TokenUse[]) => Promise<RunFiles>;
}

/**
 * Takes the lock, checks everything, and carries the changes out.
 * @throws RekeyError of exit 2, 4, 6, 7 when nothing may be written; later failures are outcomes and the exit code
 */
export async function runPlan(planned: PlannedRun, runtime: Runtime): Promise<RunResult> {
  const config = await runtime.config();
  requireServer(planned.plan, config);
  if (planned.changes.length === 0 && planned.verb !== 'resume') return nothingToDo(planned, runtime);
  if (!planned.pace.yes && !runtime.interactive)
    throw new RekeyError('USAGE_INVALID', 'There is no terminal to ask at: --yes is needed to write.', {
      remedy: 'Add --yes, or type the command at a terminal.',
    });
  // What can be told without asking anybody is told before anybody is asked.
  const tokens = await requireTokens(planned.changes, config, runtime);
  runtime.sendAtMost(concurrencyOf(planned.pace, config));
  const store = await runtime.store();
  const lock = await store.lock(config.bamboo.url, planned.pace.breakLock);
  try {
    const report = await preflight({ changes: planned.changes, tokens, earlier: planned.earlier, ...planned.pace }, config, runtime);
    const build = await canaryBuildOf(planned, config, runtime);
    await confirmStart(planned, runtime);
    return await carryOut(planned, { report, build }, config, runtime);
  } finally {
    await lock.release();
  }
}

/** Without a change there is nothing to ask and nothing to keep: no run is made. */
function nothingToDo({ verb, left }: PlannedRun, runtime: Runtime): RunResult {
  tellLeft(left, runtime);
  const items = left.map(skippedItem);
  const tally = countOutcomes(items.map((item) => item.outcome));
  return { run: null, verb, tally, items, exit: runExit(tally) };
}

/** What cannot be taken at all ends before anything begins; it counts, so it is told like all others. */
function tellLeft(left: readonly NotChanged[], runtime: Runtime): void {
  for (const item of left) runtime.emit(itemEvent(item, { kind: 'skipped', why: item.why }, 0));
}

/** @throws RekeyError PLAN_FOREIGN when the plan was made for another server than the configured one */
export function requireServer(plan: PlanFile, config: Config): void {
  if (plan.server.url === config.bamboo.url) return;
  throw new RekeyError('PLAN_FOREIGN', `The plan was made for ${plan.server.url}; the configuration names ${config.bamboo.url}.`);
}

async function confirmStart(planned: PlannedRun, runtime: Runtime): Promise<void> {
  if (planned.pace.yes || planned.changes.length === 0) return;
  const question = `${planned.verb === 'rollback' ? 'Restore' : 'Change'} ${planned.changes.length} object(s) on ${planned.plan.server.url}?`;
  if (!(await runtime.confirm(question)))
    throw new RekeyError('INTERRUPTED', 'Not confirmed; nothing was written.', { remedy: 'Run the same command again when you are ready.' });
}

/** What was found out before the first write. */
interface Checked {
  readonly report: PreflightReport;
  readonly build: CanaryBuild | undefined;
}

/** @throws RekeyError USAGE_INVALID | BUILD_REFUSED */
async function canaryBuildOf({ changes, pace }: PlannedRun, config: Config, runtime: Runtime): Promise<CanaryBuild | undefined> {
  if (pace.canaryBuild === undefined) return undefined;
  if ((pace.canary ?? config.apply.canary) === 0) throw new RekeyError('USAGE_INVALID', '--canary-build needs a canary: --canary is 0.');
  const order = await checkBuildOrder(pace.canaryBuild, changes, runtime);
  return {
    proves: (change) => order.wanted(change).length > 0,
    run: () =>
      followBuild(
        order,
        changes.flatMap((change) => order.wanted(change)),
        runtime,
      ),
  };
}

async function carryOut(planned: PlannedRun, checked: Checked, config: Config, runtime: Runtime): Promise<RunResult> {
  const files = await planned.openFiles(checked.report.tokens);
  try {
    runtime.emit({ event: 'RUN_STARTED', run: files.run, verb: planned.verb, total: planned.changes.length, digest: planned.plan.digest });
    tellLeft(planned.left, runtime);
    const bamboo = await runtime.bamboo();
    const watch = new ServerWatch(checked.report.server, bamboo, runtime);
    const order = orderOf(planned, checked, watch, config, runtime);
    const end = await runChanges(planned.changes, order, workOf(files, runtime, bamboo), runtime);
    if (end.problem !== undefined) runtime.emit({ event: 'ERROR', code: end.problem.code, detail: end.problem.message, remedy: end.problem.remedy });
    const result = resultOf(planned, end, files.run, runtime);
    await files.journal({ kind: 'finished', at: runtime.clock.now().toISOString(), exit: result.exit, ...(await tracesOf(runtime)) });
    await files.summary(`${JSON.stringify({ run: result.run, verb: result.verb, exit: result.exit, tally: result.tally }, null, 2)}\n`);
    return result;
  } finally {
    await files.close();
  }
}

/** What the run leaves behind besides its outcomes: evidence for whoever asks later. */
async function tracesOf(runtime: Runtime): Promise<{ hosts: HostCalls[]; serverFiles: ServerFiles }> {
  const { files, folders } = (await runtime.bamboo()).exported();
  return { hosts: runtime.hosts(), serverFiles: { files, folders: [...folders] } };
}

function orderOf(planned: PlannedRun, { report, build }: Checked, watch: ServerWatch, config: Config, runtime: Runtime): RunOrder {
  const { pace } = planned;
  return {
    concurrency: concurrencyOf(pace, config),
    batch: pace.batch ?? config.apply.batch,
    canary: pace.canary ?? config.apply.canary,
    maxFailures: pace.onError === 'stop' ? 1 : (pace.maxFailures ?? config.apply.maxFailures),
    test: pace.test,
    intended: planned.intended,
    standing: planned.standing ?? new Map(),
    skipped: report.unreachable,
    build,
    goOn: async (passed) => pace.yes || (await runtime.confirm(canaryQuestion(passed, pace))),
    whyEnd: () => watch.whyEnd(),
  };
}

function concurrencyOf(pace: Pace, config: Config): number {
  return pace.concurrency ?? config.apply.concurrency;
}

/** Names the canaries: a person wants to look at them in Bamboo before going on. */
function canaryQuestion(passed: readonly Change[], { test }: Pace): string {
  const names = passed.map((change) => `"${change.name}" (${change.level}${change.plan === undefined ? '' : `, ${change.plan}`}, id ${change.id})`);
  const done = test === 'none' ? 'written and read back' : "written, read back and tested by Bamboo's own connection test";
  return names.length === 0
    ? 'No canary was needed: what was tried stood as wanted or had drifted. Go on with the rest?'
    : `The canary ${names.join(', ')} was ${done}. Go on with the rest?`;
}

function workOf(files: RunFiles, runtime: Runtime, bamboo: Bamboo): ItemWork {
  return { bamboo, files, clock: runtime.clock, pairOf: (change) => pairOf(change, runtime), emit: (event) => runtime.emit(event) };
}

function resultOf(planned: PlannedRun, end: RunEnd, run: string, runtime: Runtime): RunResult {
  const left = planned.left.map(skippedItem);
  const items = [
    ...planned.plan.changes.flatMap((change) => itemResult(change, end.outcomes.get(changeKey(change)) ?? planned.settled.get(changeKey(change)))),
    ...left,
  ];
  const tally = countOutcomes(items.map((item) => item.outcome));
  const exit = end.problem?.code === 'DISK_FAILED' ? end.problem.exit : runExit(tally, cutShort(end, runtime), end.build);
  const build = end.build === undefined ? {} : { build: end.build };
  const next = nextStep({ ...planned, run, exit, tally });
  return { run, verb: planned.verb, tally, items, exit, ...build, ...(next === undefined ? {} : { next }) };
}

/** What a rollback could not take at all stands in its plan; what an apply left alone was never part of the run. */
export function leftBy(plan: PlanFile, verb: 'apply' | 'rollback'): readonly NotChanged[] {
  return verb === 'rollback' ? plan.cannot : [];
}

/** How an item that a run could not take stands in its result. */
export function skippedItem(item: NotChanged): ItemResult {
  return { ...placeOf(item), key: changeKey(item), outcome: 'skipped', reason: item.why };
}

function cutShort(end: RunEnd, runtime: Runtime): CutShort[] {
  return [...(end.problem !== undefined && endsEverything(end.problem) ? ['login' as const] : []), ...(runtime.stop.aborted ? ['interrupt' as const] : [])];
}

/** One line of the summary; nothing for a change that the selection left out. */
export function itemResult(change: Change, outcome: Outcome | undefined): ItemResult[] {
  if (outcome === undefined) return [];
  return [{ key: changeKey(change), ...placeOf(change), outcome: outcome.kind, ...(outcome.why === undefined ? {} : { reason: outcome.why }) }];
}
