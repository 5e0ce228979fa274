import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { RekeyError } from '../core/errors.ts';
import { type CsvShape, detectShape, unescapeField } from './csv-shape.ts';
import type { TextFile } from './text-file.ts';

/** One row below the header. */
export interface CsvRow {
  /** The row as a person would find it: the header is row 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** Larger than any definition; a quote that is never closed ends here and not in memory. */
const MAX_RECORD = 20_000_000;
/** What databases and the tools of their administrators print for NULL. */
const NULLS: ReadonlySet<string> = new Set(['NULL', 'null', '(null)', '[NULL]', '<null>', '\\N']);

/** A table in a text file: its header, and its rows as a stream. */
export interface CsvTable {
  /** Lower case, trimmed. */
  readonly header: readonly string[];
  rows(): AsyncIterable<CsvRow>;
}

/** Opens the table of a file. @throws RekeyError INVENTORY_FILE_INVALID, naming the row */
export async function openCsv(file: TextFile, signal: AbortSignal): Promise<CsvTable> {
  const shape = detectShape(file.sample);
  const records = recordsOf(file, shape, signal);
  const first = await records.next();
  if (first.done === true) throw new RekeyError('INVENTORY_FILE_INVALID', `${file.path} is empty.`);
  const header = first.value.map((name) => name.trim().toLowerCase());
  return { header, rows: () => rowsBelow(header, records, file.path, shape) };
}

async function* rowsBelow(header: readonly string[], records: AsyncIterable<string[]>, path: string, { escaped }: CsvShape): AsyncGenerator<CsvRow> {
  let number = 1;
  for await (const record of records) {
    number += 1;
    if (isDecoration(record, header)) continue;
    if (record.length !== header.length)
      throw new RekeyError(
        'INVENTORY_FILE_INVALID',
        `${path}, row ${number}: it has ${record.length} fields, the header has ${header.length}. Nothing of the file was used.`,
      );
    yield { number, fields: record.map((field) => (NULLS.has(field.trim()) ? '' : escaped ? unescapeField(field) : field)) };
  }
}

/** The header again where results stand one after the other, dashes under a header, and the count below: what clients print around rows. */
function isDecoration(record: readonly string[], header: readonly string[]): boolean {
  if (record.length === 1 && header.length > 1 && /^\s*(\(?\d+ rows?\b|[-+]+\s*$)/i.test(record[0] ?? '')) return true;
  return record.every((field) => /^-+$/.test(field)) || record.every((field, place) => field.trim().toLowerCase() === header[place]);
}

async function* recordsOf(file: TextFile, { delimiter, quoted }: CsvShape, signal: AbortSignal): AsyncGenerator<string[]> {
  const parser = parse({ delimiter, quote: quoted ? '"' : null, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD });
  const source = Readable.from(file.chunks(signal));
  source.once('error', (error) => parser.destroy(error));
  try {
    yield* source.pipe(parser);
  } catch (thrown) {
    throw thrown instanceof RekeyError ? thrown : malformed(thrown as CsvError, file.path);
  } finally {
    source.destroy();
  }
}

/** The parser's own words quote the field: only the place is told. */
function malformed(error: CsvError, path: string): RekeyError {
  const lines = (error as { lines?: unknown }).lines;
  const where = typeof lines === 'number' ? `, line ${lines}` : '';
  const why = /QUOTE/.test(error.code) ? 'a quote is opened and not closed, or stands where none may stand' : 'it is no table of fields';
  return new RekeyError('INVENTORY_FILE_INVALID', `${path}${where}: ${why}. Nothing of the file was used.`);
}
