import type { RunDetails, RunSummary } from '../core/run-summary.ts';
import { createPaint } from './paint.ts';
import { figure } from './phrases.ts';
import { tallyLine } from './run-view.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { placeWords } from './wording.ts';

const HEADINGS = ['run', 'verb', 'state', 'exit', 'changed', 'of', 'server'];

/** Exit codes of runs that may have left something undone. */
const CUT_SHORT: readonly number[] = [5, 7, 130];

/** Past runs as a table, oldest first; `typed` makes of a command what has to be typed here. */
export function runsView(runs: readonly RunSummary[], typed: (command: string) => string, screen: Screen): string {
  if (runs.length === 0) return 'There are no runs yet.\n';
  const paint = createPaint(screen);
  const open = runs.filter(isUnfinished).map((run) => `Unfinished: continue with "${safeText(typed(`bamboo-rekey resume ${run.run}`))}".`);
  const damaged = runs.filter((run) => run.problem !== undefined).map((run) => paint.red(safeText(`${run.run}: ${run.problem}`)));
  const lines = table([HEADINGS.map(paint.bold), ...runs.map(summaryRow)], screen, 0);
  return `${[lines, [...open, ...damaged].join('\n')].filter((part) => part !== '').join('\n\n')}\n`;
}

/** Broken off, or ended by failures, a refusal or an interrupt before everything was done. */
function isUnfinished({ state, exit, tally }: RunSummary): boolean {
  if (state === 'open') return true;
  return exit !== undefined && CUT_SHORT.includes(exit) && tally !== undefined && tally.skipped + tally.unknown > 0;
}

function summaryRow({ run, verb, state, exit, tally, server }: RunSummary): string[] {
  return [
    safeText(run),
    verb,
    state,
    exit === undefined ? '-' : String(exit),
    tally === undefined ? '-' : figure(tally.changed),
    tally === undefined ? '-' : figure(tally.total),
    safeText(server),
  ];
}

/** One run with every item. */
export function showView(details: RunDetails, screen: Screen): string {
  const paint = createPaint(screen);
  const facts = [
    `${details.verb} on ${details.server}, started ${details.startedAt}, ${details.state}${details.exit === undefined ? '' : ` with exit code ${details.exit}`}`,
    `Digest: ${details.digest}`,
    details.problem ?? '',
  ];
  const rows = details.items.map((item) => [item.outcome, safeText(item.name), placeWords(item), safeText(item.id), safeText(item.reason ?? '')]);
  const sections = [
    [paint.bold(safeText(`Run ${details.run}`)), ...facts.filter((fact) => fact !== '').map(safeText)].join('\n'),
    details.tally === undefined ? '' : tallyLine(details.tally),
    rows.length === 0 ? '' : table([['outcome', 'name', 'where', 'id', 'reason'].map(paint.bold), ...rows], screen, 0),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
