import { callsBefore } from '../core/call-forecast.ts';
import type { ItemState, RunState, TokenUse } from '../core/journal.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Change, changeKey, type PlanFile } from '../core/plan-file.ts';
import type { RunFiles, Runtime, StoredRun } from '../core/ports.ts';
import type { RunResult } from '../core/run-result.ts';
import { outcomeOf } from '../core/tally.ts';
import { loadRun } from './load-run.ts';
import type { Pace } from './pace.ts';
import { leftBy, runPlan } from './run-plan.ts';
import { toolWords } from './tool-words.ts';

/** Which run goes on, and how. */
export interface ResumeOptions extends Pace {
  readonly run: string;
}

/** Goes on after a crash or an interrupt, settling unanswered writes by reading back. */
export async function resume(options: ResumeOptions, runtime: Runtime): Promise<RunResult> {
  const { stored, state } = await loadRun(options.run, runtime);
  const changes = openChanges(stored.plan, state);
  const settled = settledOutcomes(state);
  const intended = new Set(changes.map(changeKey).filter((key) => isIntended(state.items.get(key))));
  const standing = standingOutcomes(state);
  const left = leftBy(stored.plan, state.verb);
  const of = state.undoes === undefined ? {} : { undoes: state.undoes };
  const earlier = callsBefore(stored.journal, runtime.clock.now());
  const openFiles = (tokens: readonly TokenUse[]) => reopen(stored, tokens, runtime);
  return runPlan({ verb: 'resume', plan: stored.plan, changes, settled, intended, standing, left, pace: options, ...of, earlier, openFiles }, runtime);
}

/** Changes of a run that are not settled yet, in plan order. Failed and skipped ones are tried again: running again converges. */
function openChanges(plan: PlanFile, state: RunState): Change[] {
  return plan.changes.filter((change) => {
    const item = state.items.get(changeKey(change));
    return item !== undefined && !isSettled(item);
  });
}

function settledOutcomes(state: RunState): Map<string, Outcome> {
  const settled = new Map<string, Outcome>();
  for (const [key, item] of state.items) if (item.kind === 'done' && isSettled(item)) settled.set(key, item.outcome);
  return settled;
}

function standingOutcomes(state: RunState): Map<string, Outcome> {
  const outcomes = [...state.items].map(([key, item]) => [key, outcomeOf(item)] as const);
  return new Map(outcomes.filter(([, { kind }]) => kind === 'failed' || kind === 'unknown'));
}

function isSettled(item: ItemState): boolean {
  return item.kind === 'done' && ['changed', 'unchanged', 'drifted'].includes(item.outcome.kind);
}

function isIntended(item: ItemState | undefined): boolean {
  return item?.kind === 'intended' || (item?.kind === 'done' && item.outcome.kind === 'unknown');
}

async function reopen(stored: StoredRun, tokens: readonly TokenUse[], runtime: Runtime): Promise<RunFiles> {
  const files = await (await runtime.store()).reopen(stored.run);
  await files.journal({ kind: 'resumed', at: runtime.clock.now().toISOString(), tool: toolWords(runtime), tokens: [...tokens] });
  return files;
}
