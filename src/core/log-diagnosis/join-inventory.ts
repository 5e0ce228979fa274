import type { Inventory, InventoryItem } from '../inventory.ts';
import { placeOf } from '../place.ts';
import type { FoundFailure } from './diagnosis.ts';

/** Names the objects on the server that each failure concerns: those that hold its repository, else those that hold its user name. */
export function joinInventory(failures: readonly FoundFailure[], { items }: Pick<Inventory, 'items'>): FoundFailure[] {
  const byRepository = index(items, ({ workspace, slug }) => repositoryKey(workspace, slug));
  const byUser = index(items, ({ credential }) => credential.username?.toLowerCase());
  return failures.map((failure) => {
    const key = repositoryKey(failure.workspace, failure.slug);
    const held = key === undefined ? byUser.get(failure.user?.toLowerCase() ?? '') : byRepository.get(key);
    return { ...failure, holders: (held ?? []).map(placeOf) };
  });
}

function index(items: readonly InventoryItem[], keyOf: (item: InventoryItem) => string | undefined): Map<string, InventoryItem[]> {
  const groups = new Map<string, InventoryItem[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function repositoryKey(workspace: string | undefined, slug: string | undefined): string | undefined {
  return workspace === undefined || slug === undefined ? undefined : `${workspace}/${slug}`.toLowerCase();
}
