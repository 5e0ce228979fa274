import { RekeyError } from '../core/errors.ts';
import type { SourceReading } from '../core/source-reading.ts';
import { ColumnFinder } from './column-finder.ts';
import { type CsvRow, openCsv } from './csv-rows.ts';
import { Gathering } from './gathering.ts';
import { OWN_COLUMNS, OwnRows } from './own-csv.ts';
import { readOwnJson } from './own-json.ts';
import { PUBLISHED_COLUMNS, PublishedRows } from './published-rows.ts';
import { RECORD_COLUMNS } from './record.ts';
import { openTextFile } from './text-file.ts';

/** What a reading of a file needs. */
export interface InventoryFileOptions {
  readonly path: string;
  /** Address of Bitbucket Cloud's git server. */
  readonly git: string;
  readonly signal: AbortSignal;
}

/** Takes the rows of one layout, and makes the reading of them at the end. */
interface RowTaker {
  add(row: CsvRow): void;
  finish(): SourceReading;
}

/** The layouts that are known, each by the columns that it can't do without. */
const LAYOUTS: readonly { readonly columns: readonly string[]; open(columns: ColumnFinder, git: string): RowTaker }[] = [
  {
    columns: ['record', 'id', 'plugin_key', 'xml_definition', 'plan_key', 'is_global', 'marked_for_deletion'],
    open: (columns, git) => recordTaker(columns, git),
  },
  { columns: OWN_COLUMNS, open: (columns) => new OwnRows(columns) },
  { columns: PUBLISHED_COLUMNS, open: (columns) => new PublishedRows(columns) },
];

/**
 * Reads what a database administrator handed over: our inventory as JSON or CSV, the result of our SELECT, or that of Atlassian's published queries.
 * @throws RekeyError FILE_UNREADABLE | INVENTORY_FILE_INVALID; nothing half-read is given
 */
export async function readInventoryFile({ path, git, signal }: InventoryFileOptions): Promise<SourceReading> {
  const file = await openTextFile(path, signal);
  if (/^\s*[{[]/.test(file.sample)) return readOwnJson(file, signal);
  const table = await openCsv(file, signal);
  const columns = new ColumnFinder(table.header);
  const layout = LAYOUTS.find((each) => columns.missing(each.columns).length === 0);
  if (layout === undefined) throw unknownLayout(path, columns);
  const taker = layout.open(columns, git);
  for await (const row of table.rows()) taker.add(row);
  const reading = taker.finish();
  if (reading.items.length + reading.apart.length + reading.unread.length > 0) return reading;
  return { ...reading, warnings: [...reading.warnings, `${path} holds a header and no repository that could hold a Bitbucket Cloud credential`] };
}

function recordTaker(columns: ColumnFinder, git: string): RowTaker {
  const gathering = new Gathering('file', git);
  return {
    add: ({ fields, number }) =>
      gathering.add(
        RECORD_COLUMNS.map((column) => columns.text(fields, column)),
        `row ${number}`,
      ),
    finish: () => gathering.finish([]),
  };
}

/** Names what the nearest layout lacks. */
function unknownLayout(path: string, columns: ColumnFinder): RekeyError {
  const nearest = LAYOUTS.map((each) => columns.missing(each.columns)).sort((one, other) => one.length - other.length)[0] ?? [];
  const foreign = LAYOUTS.every((each) => columns.missing(each.columns).length === each.columns.length);
  const why = foreign
    ? 'its first line holds none of the column names that are known; was it saved with a header?'
    : `it lacks the column${nearest.length === 1 ? '' : 's'} ${nearest.join(', ')}.`;
  return new RekeyError('INVENTORY_FILE_INVALID', `${path}: ${why}`);
}
