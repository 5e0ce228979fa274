import { RekeyError } from '../core/errors.ts';
import { Inventory } from '../core/inventory.ts';
import { schemaProblems } from '../core/schema-problems.ts';
import type { SourceReading } from '../core/source-reading.ts';
import type { TextFile } from './text-file.ts';

/** An inventory of 100,000 items takes 60 MB; a larger document is none. */
const MAX_BYTES = 200_000_000;

/** Reads what `inventory --format json` wrote. @throws RekeyError INVENTORY_FILE_INVALID */
export async function readOwnJson(file: TextFile, signal: AbortSignal): Promise<SourceReading> {
  if (file.bytes > MAX_BYTES) throw invalid(file, 'it is too large to be an inventory as JSON; hand it over as CSV');
  const pieces: string[] = [];
  for await (const piece of file.chunks(signal)) pieces.push(piece);
  const { data, error } = Inventory.safeParse(parsed(pieces.join(''), file));
  if (data === undefined) throw invalid(file, schemaProblems(error));
  const items = data.items.map((item) => ({ ...item, sources: ['file'] }));
  return {
    source: 'file',
    depth: 'inventory',
    items,
    unread: data.unread,
    apart: [],
    specsBoundPlans: null,
    credentialUsers: [],
    unknownKeys: [],
    warnings: [`the file was read on ${data.readAt.slice(0, 10)}`],
  };
}

function parsed(text: string, file: TextFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, 'it begins like JSON and is none; was it cut off?');
  }
}

function invalid(file: TextFile, why: string): RekeyError {
  return new RekeyError('INVENTORY_FILE_INVALID', `${file.path}: ${why}.`);
}
