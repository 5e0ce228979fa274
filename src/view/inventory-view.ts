import type { Inventory, InventoryItem } from '../core/inventory.ts';
import type { Credential } from '../core/model.ts';
import { foldBy, foldLines } from './fold.ts';
import { createPaint, type Paint } from './paint.ts';
import { countOf, figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { credentialWords, placeWords, usageWords } from './wording.ts';
import { wrapCell } from './wrap-cell.ts';

const LIMITS = { folds: 20, names: 10 };
const HEADINGS = ['name', 'where', 'kind', 'repository', 'credential', 'used by', 'id'];

/** What the server holds, as a table, with what could not be read under it. */
export function inventoryView(inventory: Inventory, screen: Screen): string {
  const paint = createPaint(screen);
  const { server, items, unread } = inventory;
  const kinds = foldBy(
    items,
    (item) => credentialWords(item.credential.kind),
    (item) => item.id,
  );
  const counts = [countOf(items.length, 'object'), ...kinds.map(({ text, names }) => `${figure(names.length)} ${text}`)].join(', ');
  const sections = [`${paint.bold(safeText(`${server.url} (Bamboo ${server.version}, ${server.state})`))}\n${counts}`];
  if (items.length > 0) sections.push(table([HEADINGS.map((heading) => paint.bold(heading)), ...items.map(row)], screen, 0));
  if (unread.length > 0) sections.push([paint.yellow(`Could not be read: ${figure(unread.length)}`), ...unreadLines(inventory, screen)].join('\n'));
  sections.push(...otherSections(inventory, screen, paint));
  return `${sections.join('\n\n')}\n`;
}

/** What only another source told, and what one more would tell. */
function otherSections({ apart = [], more = [] }: Inventory, { width }: Screen, paint: Paint): string[] {
  const folded = foldBy(
    apart,
    ({ why }) => safeText(why),
    ({ name, id }) => `${safeText(name)} (id ${safeText(id)})`,
  );
  return [
    ...(apart.length === 0 ? [] : [[`Apart, and never planned: ${figure(apart.length)}`, ...foldLines(folded, { ...LIMITS, width })].join('\n')]),
    ...(more.length === 0
      ? []
      : [[paint.dim('Another source would add more:'), ...more.map((line) => wrapCell(line, Math.max(20, width - 2)).replace(/^/gm, '  '))].join('\n')]),
  ];
}

function unreadLines({ unread }: Inventory, { width }: Screen): string[] {
  return foldLines(
    foldBy(
      unread,
      ({ why }) => safeText(why),
      ({ what }) => safeText(what),
    ),
    { ...LIMITS, width },
  );
}

function row(item: InventoryItem): string[] {
  const path = item.workspace === undefined ? '' : `${item.workspace}/${item.slug ?? ''}`;
  return [safeText(item.name), placeWords(item), item.kind, safeText(path), slot(item.credential), usageWords(item.usedBy), safeText(item.id)];
}

function slot({ kind, username, shared }: Credential): string {
  const who = username ?? shared?.name;
  return who === undefined ? credentialWords(kind) : `${safeText(who)} (${credentialWords(kind)})`;
}
