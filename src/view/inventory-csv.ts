import { stringify } from 'csv-stringify/sync';
import type { Inventory, InventoryItem } from '../core/inventory.ts';
import { safeText } from './safe-text.ts';

const COLUMNS = [
  'object',
  'id',
  'level',
  'project',
  'plan',
  'name',
  'kind',
  'workspace',
  'slug',
  'credential',
  'username',
  'shared',
  'shared_id',
  'plans',
  'environments',
  'sources',
  'notes',
  'unread',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** What the server holds, for a spreadsheet: formulas in names are escaped, and what could not be read has rows of its own. */
export function inventoryCsv({ items, unread }: Inventory): string {
  const rows = [...items.map(itemRow), ...unread.map(({ what, why }): Row => ({ name: safeText(what), unread: safeText(why) }))];
  return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: 'unix' });
}

function itemRow(item: InventoryItem): Row {
  const { credential, usedBy } = item;
  const texts = {
    id: item.id,
    project: item.project,
    plan: item.plan,
    name: item.name,
    workspace: item.workspace,
    slug: item.slug,
    username: credential.username,
    shared: credential.shared?.name,
    shared_id: credential.shared?.id,
    sources: item.sources.join(' '),
  };
  const harmless = Object.fromEntries(Object.entries(texts).map(([column, text]) => [column, safeText(text ?? '')]));
  const use = usedBy === null ? {} : { plans: String(usedBy.plans), environments: String(usedBy.environments) };
  return { ...harmless, ...use, object: item.object, level: item.level, kind: item.kind, credential: credential.kind, notes: safeText(item.notes.join('; ')) };
}
