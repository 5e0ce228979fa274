import type { InventoryItem } from './inventory.ts';
import type { Place } from './model.ts';
import type { SourceReading } from './source-reading.ts';

/** Finds the item of another source that is the same as one seen over HTTP: by id, or by place where an id does not help. */
export class SourceIndex {
  readonly #byId = new Map<string, InventoryItem>();
  readonly #byPlace = new Map<string, InventoryItem[]>();
  readonly #marked: ReadonlySet<string>;
  readonly #taken = new Set<InventoryItem>();

  constructor(source: SourceReading) {
    for (const item of source.items) {
      this.#byId.set(idKey(item), item);
      const same = this.#byPlace.get(placeKey(item));
      if (same === undefined) this.#byPlace.set(placeKey(item), [item]);
      else same.push(item);
    }
    this.#marked = new Set(
      source.apart.filter(({ why }) => why === 'marked for deletion').map((place) => (place.id.startsWith('published:') ? placeKey(place) : idKey(place))),
    );
  }

  /** Whether the other source says that this one is on its way out, which no page tells. */
  isMarked(place: Place): boolean {
    return this.#marked.has(idKey(place)) || this.#marked.has(placeKey(place));
  }

  /** The same thing as the other source has it; undefined where there is none, or where more than one could be meant. */
  take(place: Place): InventoryItem | undefined {
    const found = this.#byId.get(idKey(place)) ?? this.#onlyAt(place);
    if (found === undefined || this.#taken.has(found)) return undefined;
    this.#taken.add(found);
    return found;
  }

  /** What was never taken. */
  left(): InventoryItem[] {
    return [...this.#byId.values()].filter((item) => !this.#taken.has(item));
  }

  #onlyAt(place: Place): InventoryItem | undefined {
    const [only, ...others] = this.#byPlace.get(placeKey(place)) ?? [];
    return others.length === 0 ? only : undefined;
  }
}

function idKey({ object, id }: Place): string {
  return `${object} ${id}`;
}

/** Owner and name: a published query calls a branch's override a plan's, so the level is left out. */
function placeKey({ object, project, plan, name }: Place): string {
  return JSON.stringify([object, plan ?? project ?? '', name]);
}
