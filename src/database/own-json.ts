import { RekeyError } from '../core/errors.ts';
import { decodeInventory } from '../core/inventory-codec.ts';
import type { SourceReading } from '../core/source-reading.ts';
import type { TextFile } from './text-file.ts';

/** An inventory of 100,000 items takes 60 MB; a larger document is none. */
const MAX_BYTES = 200_000_000;

/** Reads what `inventory --format json` wrote. @throws RekeyError INVENTORY_INVALID | INVENTORY_FILE_INVALID */
export async function readOwnJson(file: TextFile, signal: AbortSignal): Promise<SourceReading> {
  if (file.bytes > MAX_BYTES) throw new RekeyError('INVENTORY_FILE_INVALID', `${file.path} is too large to be an inventory as JSON; hand it over as CSV.`);
  const pieces: string[] = [];
  for await (const piece of file.chunks(signal)) pieces.push(piece);
  const { items, unread, readAt } = decodeInventory(pieces.join(''), file.path);
  return {
    source: 'file',
    depth: 'inventory',
    items: items.map((item) => ({ ...item, sources: ['file'] })),
    unread,
    apart: [],
    specsBoundPlans: null,
    credentialUsers: [],
    unknownKeys: [],
    warnings: [`the inventory file was written on ${readAt.slice(0, 10)}`],
  };
}
