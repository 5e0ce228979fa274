import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { Inventory } from '../core/inventory.ts';
import type { Runtime } from '../core/ports.ts';

export interface InventoryOptions {
  readonly selection: Selection;
}

/** Reads every repository that can hold a Bitbucket Cloud credential, and says what it could not read. */
export async function inventory(_options: InventoryOptions, _runtime: Runtime): Promise<Inventory> {
  throw new RekeyError('INTERNAL', 'being written');
}
