import { parse } from 'lossless-json';
import { RekeyError } from './errors.ts';
import { Inventory } from './inventory.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * Reads the document of "bamboo-rekey inventory --format json"; `name` is what the messages call it.
 * @throws RekeyError INVENTORY_INVALID
 */
export function decodeInventory(text: string, name: string): Inventory {
  const parsed = Inventory.safeParse(parseDocument(text, name));
  if (parsed.success) return parsed.data;
  throw new RekeyError('INVENTORY_INVALID', `${name} is not an inventory: ${schemaProblems(parsed.error)}.`);
}

function parseDocument(text: string, name: string): unknown {
  try {
    // A byte order mark is what some Windows editors and shells put in front.
    return parse(text.replace(/^\uFEFF/, ''), null, Number);
  } catch (cause) {
    throw new RekeyError('INVENTORY_INVALID', `${name} is not valid JSON.`, { cause });
  }
}
