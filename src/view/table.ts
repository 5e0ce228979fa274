import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Screen } from './screen.ts';

const GAP = 2;
const NARROWEST = 8;
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
  const widths = fit(naturalWidths(rows), screen.width - indent);
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
  const laidOut = new Table({ chars: BORDERLESS, style, colWidths: widths.map((width) => width + GAP), wordWrap: true });
  laidOut.push(...rows.map((row) => widths.map((width, column) => cellOf(row[column] ?? '', width))));
  return laidOut.toString();
}

/** The library cuts off a word that is longer than its column, unless the cell is wrapped anywhere. */
function cellOf(content: string, width: number): { readonly content: string; readonly wrapOnWordBoundary: boolean } {
  return { content, wrapOnWordBoundary: content.split(' ').every((word) => stringWidth(word) <= width) };
}

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 1, stringWidth(cell));
  return widths;
}

/** Takes from the widest column until all fit; a column never gets so narrow that it can't be read. */
function fit(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  while (sideBySide(widths) > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
