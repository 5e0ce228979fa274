import { z } from 'zod';
import { InventoryItem, type Unread } from '../core/inventory.ts';
import { schemaProblems } from '../core/schema-problems.ts';
import type { SourceReading } from '../core/source-reading.ts';
import type { ColumnFinder } from './column-finder.ts';
import type { CsvRow } from './csv-rows.ts';

/** The columns by which the CSV of `bamboo-rekey inventory` is known. */
export const OWN_COLUMNS = ['object', 'id', 'level', 'name', 'kind', 'credential'] as const;

const Count = z.coerce.number().int().nonnegative();

/** Reads back what `inventory --format csv` wrote: a table for people, so that only part of the inventory stands in it. */
export class OwnRows {
  readonly #columns: ColumnFinder;
  readonly #items = new Map<string, InventoryItem>();
  readonly #unread: Unread[] = [];

  constructor(columns: ColumnFinder) {
    this.#columns = columns;
  }

  add({ fields, number }: CsvRow): void {
    const text = (name: string) => withoutGuard(this.#columns.text(fields, name));
    if (text('unread') !== '') {
      this.#unread.push({ what: text('name'), why: text('unread') });
      return;
    }
    const { data, error } = InventoryItem.safeParse(draft(text));
    if (data === undefined) this.#unread.push({ what: `row ${number}`, why: schemaProblems(error) });
    else this.#items.set(`${data.object} ${data.id}`, data);
  }

  finish(): SourceReading {
    const items = [...this.#items.values()];
    return {
      source: 'file',
      depth: 'inventory',
      items,
      unread: this.#unread,
      apart: [],
      specsBoundPlans: null,
      credentialUsers: [],
      unknownKeys: [],
      warnings: [],
    };
  }
}

/** What is empty is left out; the schema judges the rest. */
function draft(text: (name: string) => string): Record<string, unknown> {
  const given = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text(name)]).filter(([, value]) => value !== ''));
  const username = text('username');
  const shared = text('shared');
  return {
    ...given(['object', 'id', 'level', 'project', 'plan', 'name', 'kind', 'workspace', 'slug']),
    credential: {
      kind: text('credential'),
      ...(username === '' ? {} : { username, inferred: true }),
      ...(shared === '' ? {} : { shared: { id: text('shared_id'), name: shared } }),
    },
    usedBy: usage(text('plans'), text('environments')),
    specsBound: null,
    sources: ['file'],
    notes: text('notes') === '' ? [] : text('notes').split('; '),
  };
}

/** The table counts plans and does not name their projects. */
function usage(plans: string, environments: string): Record<string, unknown> | null {
  if (plans === '') return null;
  const [counted, others] = [Count.safeParse(plans).data, Count.safeParse(environments).data ?? 0];
  return { plans: counted, environments: others, projects: [], inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
}

/** The mark that keeps a spreadsheet from taking a field for a formula. */
function withoutGuard(field: string): string {
  return /^'[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}
