import type { AccessRow } from '../core/access.ts';
import type { DoctorReport } from '../core/doctor-report.ts';
import { groupBy } from './fold.ts';
import type { Paint } from './paint.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { fitsOn, table } from './table.ts';

const HEADINGS = ['read', 'write', 'proof', 'undo'] as const;

/** What works at each level: levels of which the same is true together, as a table, or as short blocks where it is too wide for the screen. */
export function accessText({ access, untold }: Pick<DoctorReport, 'access' | 'untold'>, screen: Screen, paint: Paint): string {
  if (untold !== undefined) return `  not told: ${safeText(untold)}`;
  const rows = groupBy(access, (row) => JSON.stringify(cellsOf(row))).flatMap(([, group]) => rowOf(group));
  const whole = [['level', ...HEADINGS].map(paint.dim), ...rows];
  return fitsOn(screen, whole) ? table(whole, screen) : rows.map((row) => block(row, screen, paint)).join('\n');
}

function rowOf(group: readonly AccessRow[]): string[][] {
  const [first] = group;
  return first === undefined ? [] : [[group.map(({ level }) => safeText(level)).join(', '), ...cellsOf(first)]];
}

function cellsOf(row: AccessRow): string[] {
  return HEADINGS.map((heading) => safeText(row[heading]));
}

function block([level = '', ...cells]: readonly string[], screen: Screen, paint: Paint): string {
  return `  ${level}\n${table(
    HEADINGS.map((heading, index) => [paint.dim(heading), cells[index] ?? '']),
    screen,
    4,
  )}`;
}
