import { safeJson } from '../safe-text.ts';
import { Markup, markup } from './markup.ts';

/** What stands in a cell: a text, or a text with the number that it is sorted by. */
export type Cell = string | readonly [text: string, number: number];

/** One column of a long table. */
export interface Column {
  readonly title: string;
  readonly kind: 'text' | 'number' | 'outcome';
}

/** A table that may have ten thousand rows. The script draws it from data; a browser without scripts shows it plainly. */
export function longTable(name: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  return markup`<div class="big"><div class="tools" hidden><label for="${name}">Search</label><input type="search" id="${name}" autocomplete="off"><span class="shown" role="status"></span></div>
<div class="scroll" hidden tabindex="0" role="region" aria-label="Table: ${name}"><table><thead><tr>${columns.map(head)}</tr></thead><tbody></tbody></table></div><button type="button" class="more" hidden>Show 500 more</button>
<script type="application/json">${data(columns, rows)}</script>
<noscript><div class="scroll"><table><thead><tr>${columns.map(({ title }) => markup`<th>${title}</th>`)}</tr></thead><tbody>${rows.map(plainRow)}</tbody></table></div></noscript></div>`;
}

function head({ title, kind }: Column): Markup {
  return markup`<th scope="col" aria-sort="none" class="${kind === 'number' ? 'n' : ''}"><button type="button">${title}</button></th>`;
}

/** Nothing in the data can end the element that it stands in. */
function data(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  return Markup.own(safeJson(JSON.stringify({ columns, rows })).replaceAll('<', '\\u003c'));
}

function plainRow(row: readonly Cell[]): Markup {
  return markup`<tr>${row.map((cell) => markup`<td>${typeof cell === 'string' ? cell : cell[0]}</td>`)}</tr>\n`;
}
