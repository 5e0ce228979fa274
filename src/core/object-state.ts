import { createHash } from 'node:crypto';
import type { GitUrl } from './git-url.ts';
import type { Credential, Kind, Place } from './model.ts';

/** One non-secret setting as the server shows it: its name on the wire and its value. Names repeat. */
export type Setting = readonly [name: string, value: string];

/** Whether a route may change the credential of what it read, or why it must not. */
export type Writable = { readonly kind: 'yes' } | { readonly kind: 'no'; readonly why: string };

/** One object as read from the server at one moment. Holds no secret. */
export interface ObjectState {
  /** As the server shows it: a shared credential may have been renamed since it was listed. */
  readonly place: Place;
  readonly kind: Kind;
  /** Git type: where its address leads. Absent, `workspace` and `slug` say that it is on Bitbucket Cloud over https. */
  readonly gitUrl?: GitUrl;
  readonly workspace?: string;
  readonly slug?: string;
  /** The account slot. */
  readonly credential: Credential;
  /** The SSH checkout slot, where the type has one. */
  readonly checkout?: Credential;
  /** Everything that a write sends back unchanged, in document order: no secret, not the user name. */
  readonly settings: readonly Setting[];
  readonly writable: Writable;
  /** Who uses it, where that is asked and somebody does: it must not be removed. */
  readonly inUse?: string;
  readonly notes: readonly string[];
  /** The object as the server itself wrote it down, where every secret in it is encrypted by the server: it can go back as it is. */
  readonly document?: string;
}

/** Digest of the non-secret state without the user name; equal before and after a change that did only its job. */
export function fingerprint(state: ObjectState): string {
  const { place, kind } = state;
  const identity = [place.object, place.id, kind, state.workspace ?? '', state.slug ?? ''];
  // A repository's form holds its name as a setting; of a shared credential nothing but this is known.
  if (kind === 'credentials') identity.push(place.level, place.project ?? '', place.name);
  return `sha256:${createHash('sha256')
    .update(JSON.stringify([identity, state.settings]))
    .digest('hex')}`;
}

/** Short digest per setting name, so that a plan can tell later *which* setting drifted without holding its value. */
export function settingDigests(settings: readonly Setting[]): Record<string, string> {
  const values = new Map<string, string[]>();
  for (const [name, value] of settings) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, list]) => [name, shortDigest(JSON.stringify(list))]));
}

/** The same few values stand in most forms: of 10,000 forms their digests are four in five, and are held once. */
const KNOWN_DIGESTS = new Map<string, string>();
const MOST_KNOWN = 1_000;

function shortDigest(text: string): string {
  const known = KNOWN_DIGESTS.get(text);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  if (KNOWN_DIGESTS.size < MOST_KNOWN) KNOWN_DIGESTS.set(text, digest);
  return digest;
}

/** Names of settings that differ between two digests tables, sorted. */
export function changedSettings(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}
