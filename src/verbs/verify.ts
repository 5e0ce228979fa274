import { assertNever } from '../core/assert-never.ts';
import type { BuildEnd } from '../core/build-progress.ts';
import type { Selection } from '../core/config.ts';
import { runExit } from '../core/exit.ts';
import { judgeHeld, testProvesSecret } from '../core/judge.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Change, changeKey } from '../core/plan-file.ts';
import type { OpenedObject, Runtime } from '../core/ports.ts';
import type { RunResult } from '../core/run-result.ts';
import { isTestable, leastRiskFirst, sampleOf } from '../core/sampling.ts';
import { countOutcomes } from '../core/tally.ts';
import { type BuildOrder, type CheckedOrder, checkBuildOrder } from './build-order.ts';
import { followBuild } from './follow-build.ts';
import { inParallel } from './in-parallel.ts';
import { itemEvent } from './item-event.ts';
import { type ItemWork, openItem } from './item-work.ts';
import { loadTarget } from './load-run.ts';
import type { TestScope } from './pace.ts';
import { itemResult, requireServer } from './run-plan.ts';
import { selectChanges } from './select-changes.ts';
import { testStored } from './test-item.ts';

/** What is read back, and what is tested. */
export interface VerifyOptions {
  /** Path of a plan file, or a run id. */
  readonly target: string;
  readonly test: TestScope;
  readonly selection: Selection;
  /** A plan that is built afterwards: the connection test speaks for the server, its checkout for an agent. */
  readonly build?: BuildOrder;
}

type VerifyWork = Pick<ItemWork, 'bamboo' | 'emit'>;

/** Reads back what a plan or run wanted, and runs connection tests. Outcome words: unchanged = as wanted. */
export async function verify(options: VerifyOptions, runtime: Runtime): Promise<RunResult> {
  const config = await runtime.config();
  const loaded = await loadTarget(options.target, runtime);
  const { plan, run } = loaded.kind === 'run' ? loaded.stored : { plan: loaded.plan, run: null };
  requireServer(plan, config);
  const changes = selectChanges(plan, options.selection);
  const tested = new Set(testedKeys(changes.filter(isTestable), options.test, config.apply.canary));
  const order = options.build === undefined ? undefined : await checkBuildOrder(options.build, changes, runtime);
  const work: VerifyWork = { bamboo: await runtime.bamboo(), emit: (event) => runtime.emit(event) };
  runtime.emit({ event: 'PHASE', phase: 'verifying', total: changes.length });
  const outcomes = new Map<string, Outcome>();
  await inParallel(changes, config.apply.concurrency, runtime.stop, async (change) => {
    const started = runtime.clock.now().getTime();
    const outcome = await check(change, tested.has(changeKey(change)), work);
    outcomes.set(changeKey(change), outcome);
    runtime.emit(itemEvent(change, outcome, runtime.clock.now().getTime() - started));
    runtime.emit({ event: 'PROGRESS', phase: 'verifying', done: outcomes.size, total: changes.length });
  });
  const build = await buildOf(order, changes, runtime);
  return resultOf(changes, outcomes, { run, build }, runtime);
}

async function buildOf(order: CheckedOrder | undefined, changes: readonly Change[], runtime: Runtime): Promise<BuildEnd | undefined> {
  if (order === undefined || runtime.stop.aborted) return undefined;
  return followBuild(
    order,
    changes.flatMap((change) => order.wanted(change)),
    runtime,
  );
}

async function check(change: Change, test: boolean, work: VerifyWork): Promise<Outcome> {
  const read = await openItem(change, work);
  if (read.kind === 'ended') return read.outcome.kind === 'failed' ? { kind: 'unknown', why: read.outcome.why } : read.outcome;
  const outcome = judged(change, read.object);
  return outcome.kind === 'unchanged' && test ? await proved(change, outcome.why, work) : outcome;
}

function judged(change: Change, object: OpenedObject): Outcome {
  const verdict = judgeHeld(change, object.state);
  switch (verdict.kind) {
    case 'wanted':
      return { kind: 'unchanged', why: `holds ${change.after.username}` };
    case 'unproven':
      return { kind: 'unchanged', why: verdict.why };
    case 'old':
      return { kind: 'failed', why: `still holds ${change.before?.username ?? 'nothing'}` };
    case 'drifted':
      return { kind: 'drifted', why: verdict.why };
    default:
      return assertNever(verdict);
  }
}

async function proved(change: Change, why: string, work: VerifyWork): Promise<Outcome> {
  const answer = await testStored(change, work);
  if (answer.kind === 'reachable') return { kind: 'unchanged', why: `${why}; Bamboo's connection test passed${reservation(change)}` };
  if (answer.kind === 'not-offered') return { kind: 'unchanged', why: `${why}; not tested: ${answer.why}` };
  return { kind: 'failed', why: `${why}, but Bamboo's connection test did not pass: ${answer.why}` };
}

function reservation(change: Change): string {
  return testProvesSecret(change, false) ? '' : ', which tells the new secret from the old one only once the old one is dead';
}

interface VerifiedRun {
  readonly run: string | null;
  readonly build: BuildEnd | undefined;
}

function resultOf(changes: readonly Change[], outcomes: ReadonlyMap<string, Outcome>, { run, build }: VerifiedRun, runtime: Runtime): RunResult {
  const never: Outcome = { kind: 'skipped', why: 'never started: interrupted' };
  const items = changes.flatMap((change) => itemResult(change, outcomes.get(changeKey(change)) ?? never));
  const tally = countOutcomes(items.map((item) => item.outcome));
  const exit = runExit(tally, runtime.stop.aborted ? ['interrupt'] : [], build);
  return { run, verb: 'verify', tally, items, exit, ...(build === undefined ? {} : { build }) };
}

/** Keys of the changes that get a connection test. */
function testedKeys(changes: readonly Change[], scope: TestScope, canary: number): string[] {
  switch (scope) {
    case 'all':
      return changes.map(changeKey);
    case 'none':
      return [];
    case 'canary':
      return leastRiskFirst(changes).slice(0, canary).map(changeKey);
    case 'sample':
      return sampleOf(changes, canary).map(changeKey);
    default:
      return assertNever(scope);
  }
}
