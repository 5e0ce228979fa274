import type { GitUrl } from './git-url.ts';
import type { InventoryItem } from './inventory.ts';
import { fingerprint, type ObjectState, settingDigests, type Writable } from './object-state.ts';
import type { RouteName } from './plan-file.ts';

/** What is kept of one object after a walk over the server: enough to plan its change, small enough for 10,000 of them. */
export interface Reading {
  readonly item: InventoryItem;
  /** Repository address as the list shows it, where it does. */
  readonly location?: string;
  readonly fingerprint: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly writable: Writable;
  /** Git type: where its address leads. */
  readonly gitUrl?: GitUrl;
  /** Shared credential: names of users of other repository types, where the server lists them. They are not readings themselves. */
  readonly otherUsers?: readonly string[];
  /** The way it was read, which is the way it would be written. */
  readonly route?: RouteName;
  /** Its whole old state, password included, can be kept as the server's own document. */
  readonly keepable?: true;
}

/** Boils a state down to a reading. The copy frees the page that the texts were cut from. */
export function toReading(state: ObjectState, extra: Pick<InventoryItem, 'usedBy' | 'specsBound' | 'sources'>, location?: string): Reading {
  const { place, kind, workspace, slug, credential, checkout, notes, gitUrl } = state;
  const item: InventoryItem = {
    ...place,
    kind,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    credential,
    ...(checkout === undefined ? {} : { checkout }),
    ...extra,
    notes: [...notes],
  };
  const copied = structuredClone({
    item,
    ...(location === undefined ? {} : { location }),
    fingerprint: fingerprint(state),
    writable: state.writable,
    ...(gitUrl === undefined ? {} : { gitUrl }),
  });
  return { ...copied, settings: settingDigests(state.settings), ...(state.document === undefined ? {} : { keepable: true }) };
}
