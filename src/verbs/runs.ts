import { toRekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { RunState } from '../core/journal.ts';
import type { Outcome } from '../core/outcome.ts';
import { changeKey } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { timesOf } from '../core/report/timings.ts';
import type { ItemResult } from '../core/run-result.ts';
import type { RunDetails, RunSummary } from '../core/run-summary.ts';
import { countOutcomes, outcomeOf } from '../core/tally.ts';
import { loadRun } from './load-run.ts';
import { itemResult, leftBy, skippedItem } from './run-plan.ts';

/** Past runs and their state, from the journals, oldest first. Each is told as a `RUN` event. */
export async function runs(runtime: Runtime): Promise<RunSummary[]> {
  const summaries: RunSummary[] = [];
  for (const run of await (await runtime.store()).list()) {
    const summary = await summarize(run, runtime);
    runtime.emit({ event: 'RUN', ...summary });
    summaries.push(summary);
  }
  return summaries;
}

/** One run with every item. Each is told as an `ITEM` event. @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED */
export async function show(run: string, runtime: Runtime): Promise<RunDetails> {
  const { stored, state } = await loadRun(run, runtime);
  const taken = stored.plan.changes.flatMap((change) => itemResult(change, outcomeIn(state, changeKey(change))));
  const items = [...taken, ...leftBy(stored.plan, state.verb).map(skippedItem)];
  const times = timesOf(stored.journal);
  for (const item of items) runtime.emit(pastItem(item, times.get(item.key)?.ms ?? 0));
  return { ...summaryOf(state), tally: countOutcomes(items.map((item) => item.outcome)), digest: state.digest, items };
}

/** How long an item took is known where its intent and its outcome stand in the journal; it is 0 for all others. */
function pastItem({ key: _key, ...item }: ItemResult, ms: number): RunEvent {
  return { event: 'ITEM', ...item, ms };
}

async function summarize(run: string, runtime: Runtime): Promise<RunSummary> {
  try {
    return summaryOf((await loadRun(run, runtime)).state);
  } catch (thrown) {
    return { run, verb: 'apply', server: '', startedAt: '', state: 'damaged', problem: toRekeyError(thrown).message };
  }
}

function summaryOf(state: RunState): RunSummary {
  const { run, verb, server, startedAt, exit } = state;
  const outcomes = [...state.items.values()].map((item) => outcomeOf(item).kind);
  return {
    run,
    verb,
    server,
    startedAt,
    state: exit === undefined ? 'open' : 'finished',
    ...(exit === undefined ? {} : { exit }),
    tally: countOutcomes(outcomes),
  };
}

function outcomeIn(state: RunState, key: string): Outcome | undefined {
  const item = state.items.get(key);
  return item === undefined ? undefined : outcomeOf(item);
}
