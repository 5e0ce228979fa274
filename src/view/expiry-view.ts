import type { ExpiryReport, ExpiryRow } from '../core/expiry-report.ts';
import { documentJson } from './event-json.ts';
import { createPaint, type Paint } from './paint.ts';
import { countOf, figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';

/** A file has no width and no colours. */
const FILE: Screen = { width: Number.POSITIVE_INFINITY, colors: false };

/** Makes of a command what has to be typed here. */
type Typed = (command: string) => string;

/** When tokens run out, as a table or as JSON. */
export function expiryText(report: ExpiryReport, format: 'table' | 'json', typed: Typed, screen: Screen = FILE): string {
  return format === 'json' ? documentJson(report) : expiryTable(report, typed, screen);
}

function expiryTable({ tokens, unread, withinDays }: ExpiryReport, typed: Typed, screen: Screen): string {
  const paint = createPaint(screen);
  if (tokens.length === 0) return 'There are no tokens: none is configured, and no run has written one.\n';
  const servers = new Set(tokens.map(({ server }) => server)).size > 1;
  const heads = [...(servers ? ['server'] : []), 'token', 'runs out', 'days left', 'repositories', 'plans', 'written by'];
  const rows = tokens.map((row) => [...(servers ? [safeText(row.server)] : []), ...cells(row, paint)]);
  const notes = [
    ...tokens.flatMap((row) => noteOf(row, typed)),
    ...unread.map(({ what, why }) => `Not read: ${what}: ${why}`),
    advice(tokens, withinDays, typed),
  ];
  return `${[
    table([heads.map(paint.bold), ...rows], screen, 0),
    notes
      .filter((note) => note !== '')
      .map(safeText)
      .join('\n'),
  ].join('\n\n')}\n`;
}

function cells({ token, expires, daysLeft, state, repositories, plans, writtenBy }: ExpiryRow, paint: Paint): string[] {
  const colour = state === 'expired' ? paint.red : state === 'ok' ? (text: string) => text : paint.yellow;
  const [last] = writtenBy;
  const left = daysLeft === null ? 'not known' : daysLeft < 0 ? `ran out ${countOf(-daysLeft, 'day')} ago` : figure(daysLeft);
  const source = last === undefined ? '-' : `${last.run}${last.tokenId === undefined ? '' : ` (token id ${last.tokenId})`}`;
  return [
    safeText(token),
    safeText(expires === '' ? 'not known' : expires),
    colour(left),
    figure(repositories),
    plans === 0 ? '0' : `up to ${figure(plans)}`,
    safeText(source),
  ];
}

function noteOf({ token, configured, expires, unsettled }: ExpiryRow, typed: Typed): string[] {
  return [
    ...(configured
      ? []
      : [
          `"${token}" that runs out ${expires === '' ? 'on a day that is not known' : `on ${expires}`} is no longer in the configuration, but objects stand on it.`,
        ]),
    ...(unsettled === 0
      ? []
      : [`${countOf(unsettled, 'object')} may stand on "${token}": the last write was never settled. Settle it with "${typed('bamboo-rekey resume RUN')}".`]),
  ];
}

function advice(tokens: readonly ExpiryRow[], withinDays: number, typed: Typed): string {
  const soon = tokens.filter(({ state }) => state === 'soon' || state === 'expired');
  if (soon.length === 0) return `No token runs out within ${countOf(withinDays, 'day')}.`;
  return `Next: make a new token, put it into the configuration beside the old one, and run "${typed('bamboo-rekey plan --rotate -o plan.json')}" (docs/rotation.md).`;
}
