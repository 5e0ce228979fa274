import { type Change, changeKey, type PlanFile } from '../plan-file.ts';
import { countOutcomes, outcomeOf } from '../tally.ts';
import { blastRadius, groupsOf, rollbackGrades } from './digests.ts';
import { advice, noticesOf } from './guidance.ts';
import type { Report, ReportItem, ReportRun } from './report.ts';
import type { ReportedRun, ReportParts } from './report-parts.ts';
import { progressOf, timesOf } from './timings.ts';
import { tokenDays } from './token-days.ts';

/** Puts the report together; equal parts give equal reports. */
export function buildReport(parts: ReportParts): Report {
  const { plan, run, now, tool, evidence } = parts;
  const items = itemsOf(plan, run);
  const counted = run === undefined ? null : countOutcomes(items.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])));
  const told = run === undefined ? null : runOf(run);
  return {
    format: 1,
    madeAt: now.toISOString(),
    madeBy: tool,
    purpose: plan.purpose,
    server: plan.server,
    digest: plan.digest,
    plannedAt: plan.createdAt,
    plannedBy: plan.tool,
    run: told,
    notices: noticesOf(told, counted, parts),
    tally: counted,
    groups: groupsOf(items, run !== undefined),
    blastRadius: blastRadius(items),
    rollback: rollbackGrades(items),
    items,
    leftAlone: [
      ...plan.cannot.map((each) => ({ ...each, list: 'cannot' as const })),
      ...plan.unchanged.map((each) => ({ ...each, list: 'unchanged' as const })),
      ...plan.alsoNeeded.map((each) => ({ ...each, list: 'also-needed' as const })),
    ],
    progress: run === undefined ? [] : progressOf(run.journal),
    tokens: tokenDays(parts),
    ...advice(told, counted, parts),
    evidence,
  };
}

function itemsOf(plan: PlanFile, run: ReportedRun | undefined): ReportItem[] {
  const times = timesOf(run?.journal ?? []);
  return plan.changes.map((change) => ({ ...plannedItem(change), ...fateOf(change, run), ...times.get(changeKey(change)) }));
}

function plannedItem(change: Change): ReportItem {
  const { fingerprint: _fingerprint, settings: _settings, users: _users, kind: _kind, ...item } = change;
  return item;
}

function fateOf(change: Change, run: ReportedRun | undefined): Pick<ReportItem, 'outcome' | 'why'> {
  const item = run?.state.items.get(changeKey(change));
  if (item === undefined) return {};
  const { kind, why } = outcomeOf(item);
  return { outcome: kind, ...(why === undefined ? {} : { why }) };
}

function runOf({ state, journal }: ReportedRun): ReportRun {
  const tools = journal.flatMap((entry) => (entry.kind === 'started' || entry.kind === 'resumed' ? [entry.tool] : []));
  return {
    id: state.run,
    verb: state.verb,
    state: state.exit === undefined ? 'open' : 'finished',
    startedAt: state.startedAt,
    lastAt: journal.at(-1)?.at ?? state.startedAt,
    ...(state.exit === undefined ? {} : { exit: state.exit }),
    tools: [...new Set(tools)],
    resumed: journal.filter(({ kind }) => kind === 'resumed').length,
  };
}
