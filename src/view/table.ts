import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Screen } from './screen.ts';
import { wrapCell } from './wrap-cell.ts';

const GAP = 2;
const NARROWEST = 8;
/** Cut in two, a run id can't be copied. */
const RUN_ID = /^\d{4}-\d\d-\d\dT[\dZ-]+-[\da-f]+$/;
/** The library's layout takes time by the square of the rows, so long tables are laid out in pieces of the same widths. */
const PIECE = 200;

const SIDES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
];
const BORDERLESS = Object.fromEntries(SIDES.map((side) => [side, '']));

/** Rows as aligned columns without borders, wrapped where the screen is too narrow. Cells must be harmless text. */
export function table(rows: readonly (readonly string[])[], screen: Screen, indent = 2): string {
  const widths = fit(rows, screen.width - indent);
  const pieces: string[] = [];
  for (let start = 0; start < rows.length; start += PIECE) pieces.push(layOut(rows.slice(start, start + PIECE), widths));
  return pieces
    .join('\n')
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .join('\n');
}

/** Whether rows fit side by side without wrapping. */
export function fitsOn(screen: Screen, rows: readonly (readonly string[])[], indent = 2): boolean {
  return sideBySide(naturalWidths(rows)) <= screen.width - indent;
}

function sideBySide(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

function layOut(rows: readonly (readonly string[])[], widths: readonly number[]): string {
  const style = { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true };
  const laidOut = new Table({ chars: BORDERLESS, style, colWidths: widths.map((width) => width + GAP) });
  laidOut.push(...rows.map((row) => widths.map((width, column) => wrapCell(row[column] ?? '', width))));
  return laidOut.toString();
}

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  return widestOf(rows, stringWidth);
}

function widestOf(rows: readonly (readonly string[])[], widthOf: (cell: string) => number): number[] {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 1, widthOf(cell));
  return widths;
}

function longestWord(cell: string, counts: (word: string) => boolean = () => true): number {
  return Math.max(
    0,
    ...stripVTControlCharacters(cell)
      .split(' ')
      .filter(counts)
      .map((word) => stringWidth(word)),
  );
}

/** Columns are wrapped between words where that is enough, and inside words where it is not. */
function fit(rows: readonly (readonly string[])[], room: number): number[] {
  const natural = naturalWidths(rows);
  if (sideBySide(natural) <= room) return natural;
  const atWords = narrowed(
    natural,
    widestOf(rows, (cell) => longestWord(cell)),
    room,
  );
  const kept = widestOf(rows, (cell) => longestWord(cell, (word) => RUN_ID.test(word)));
  return narrowed(atWords, kept, room);
}

/** Takes from the widest column that may give, until all fit; a column never gets so narrow that it can't be read. */
function narrowed(from: readonly number[], least: readonly number[], room: number): number[] {
  const widths = [...from];
  const spare = (column: number): boolean => (widths[column] ?? 0) > Math.max(NARROWEST, least[column] ?? 0);
  for (let excess = sideBySide(widths) - room; excess > 0; excess--) {
    const giving = [...widths.keys()].filter(spare);
    if (giving.length === 0) break;
    const widest = giving.reduce((one, other) => ((widths[other] ?? 0) > (widths[one] ?? 0) ? other : one));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
