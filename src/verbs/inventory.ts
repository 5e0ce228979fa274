import type { Selection } from '../core/config.ts';
import type { Inventory, InventoryItem } from '../core/inventory.ts';
import { comparePlaces } from '../core/order.ts';
import type { Runtime } from '../core/ports.ts';
import { selects, selectsAll } from '../core/selection.ts';
import { withoutExports } from './read-server.ts';
import { readSources } from './read-sources.ts';
import { emptySelection } from './select-changes.ts';

/** What is listed. */
export interface InventoryOptions {
  readonly selection: Selection;
}

/** Reads every repository that can hold a Bitbucket Cloud credential, and says what it could not read. */
export async function inventory(options: InventoryOptions, runtime: Runtime): Promise<Inventory> {
  const config = await runtime.config();
  const { server, readings, unread, apart, unknownSettings, more } = await readSources(withoutExports(config), runtime);
  const items = readings.map((reading) => reading.item).filter((item) => selects(options.selection, item));
  if (items.length === 0 && !selectsAll(options.selection)) throw emptySelection(readings.length, unread);
  return {
    format: 1,
    server: { url: config.bamboo.url, version: server.version, state: server.state },
    readAt: runtime.clock.now().toISOString(),
    items: items.sort(comparePlaces) satisfies InventoryItem[],
    unread: [...unread].sort((a, b) => (a.what < b.what ? -1 : 1)),
    ...(apart.length === 0 ? {} : { apart: [...apart] }),
    ...(unknownSettings.length === 0 ? {} : { unknownSettings: [...unknownSettings] }),
    ...(more.length === 0 ? {} : { more: [...more] }),
  };
}
