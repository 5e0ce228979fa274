import type { InventoryItem, Unread } from './inventory.ts';
import type { Credential, Place } from './model.ts';
import { placeOf } from './place.ts';
import type { NotChanged } from './plan-file.ts';
import type { Reading } from './reading.ts';
import { SourceIndex } from './source-index.ts';
import type { SourceReading } from './source-reading.ts';

/** What HTTP and one other source say together. */
export interface MergedSources {
  /** Everything that was seen by either; what only the other source saw is not writable. */
  readonly readings: readonly Reading[];
  /** To be read (again) over HTTP before anything is planned: where the sources disagree, and what HTTP did not show. */
  readonly readAgain: readonly Place[];
  readonly unread: readonly Unread[];
  /** Listed apart, never planned. */
  readonly apart: readonly NotChanged[];
}

/** Puts a reading over HTTP and one of another source together. Where both know something, HTTP's word is taken, and the difference is told. */
export function mergeSources(readings: readonly Reading[], source: SourceReading): MergedSources {
  const index = new SourceIndex(source);
  const readAgain: Place[] = [];
  const merged: Reading[] = [];
  for (const reading of readings) {
    const { item } = reading;
    if (index.isMarked(item)) continue;
    const other = index.take(item);
    const differences = other === undefined ? [] : disagreements(item, other, nameOf(source));
    // Without an id there is no way to ask again.
    if (differences.length > 0) readAgain.push(placeOf(item));
    else if (opensByOid(reading, other)) readAgain.push({ ...placeOf(item), ...oidOf(other) });
    merged.push(withSource(reading, other, source, differences));
  }
  const left = index.left();
  readAgain.push(...left.filter(hasOwnId).map(placeOf));
  return { readings: [...merged, ...left.map((item) => unwritable(item, source))], readAgain, unread: source.unread, apart: source.apart };
}

/** How a source is called in a sentence. */
function nameOf({ source }: SourceReading): string {
  return source === 'database' ? 'the database' : 'the inventory file';
}

function withSource(reading: Reading, other: InventoryItem | undefined, source: SourceReading, differences: readonly string[]): Reading {
  const { item } = reading;
  const bound = specsBound(item, other, source);
  if (other === undefined) return { ...reading, item: { ...item, specsBound: bound, notes: [...item.notes, ...missingNote(reading, source)] } };
  const names = source.credentialUsers
    .filter(({ credential, kind }) => item.object === 'shared-credential' && credential === other.id && kind === 'elsewhere')
    .map(({ name }) => name);
  const otherUsers = [...new Set([...(reading.otherUsers ?? []), ...names])];
  return {
    ...reading,
    item: {
      ...item,
      // The oid of another thing would make an import change that, or make a second one.
      ...(differences.length === 0 ? oidOf(other) : {}),
      usedBy: item.usedBy ?? other.usedBy,
      specsBound: bound,
      sources: [...new Set([...item.sources, ...other.sources])],
      notes: [...new Set([...item.notes, ...differences])],
    },
    ...(otherUsers.length === 0 ? {} : { otherUsers }),
  };
}

/** A shared credential that shares its name with another one can be told from it by its oid, which no page shows. */
function opensByOid({ item, writable }: Reading, other: InventoryItem | undefined): boolean {
  return item.object === 'shared-credential' && writable.kind === 'no' && item.oid === undefined && other?.oid !== undefined;
}

function oidOf(other: InventoryItem | undefined): Pick<Place, 'oid'> {
  return other?.oid === undefined ? {} : { oid: other.oid };
}

/** Only the tables themselves are complete: what they lack is worth telling. */
function missingNote({ item, gitUrl }: Reading, source: SourceReading): string[] {
  if (source.depth !== 'tables' || source.unread.length > 0) return [];
  const isElsewhere = item.kind === 'git' && gitUrl !== undefined && gitUrl.kind !== 'https';
  return isElsewhere ? [] : [`seen over HTTP only: ${nameOf(source)} does not show it`];
}

function specsBound(item: InventoryItem, other: InventoryItem | undefined, { specsBoundPlans }: SourceReading): boolean | null {
  if (item.specsBound === true || other?.specsBound === true) return true;
  if (item.level === 'plan' && item.plan !== undefined && specsBoundPlans !== null) return specsBoundPlans.includes(item.plan);
  return item.specsBound ?? other?.specsBound ?? null;
}

/** What only the other source saw can be listed and judged, and never written. */
function unwritable(item: InventoryItem, source: SourceReading): Reading {
  const why = `it was seen in ${nameOf(source)} only, and its form was not read over HTTP`;
  return { item: { ...item, notes: [...item.notes, `seen in ${nameOf(source)} only`] }, fingerprint: '', settings: {}, writable: { kind: 'no', why } };
}

/** Rows of Atlassian's published queries have no id. */
function hasOwnId({ id }: InventoryItem): boolean {
  return !id.startsWith('published:') && id !== '';
}

/** Where both sources know something and say different things. */
function disagreements(item: InventoryItem, other: InventoryItem, name: string): string[] {
  const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['the name', item.name, other.name],
    ['the owner', ownerOf(item), ownerOf(other)],
    ['the type', item.kind, other.kind],
    ['the repository', addressOf(item), addressOf(other)],
    ['the credential', credentialOf(item.credential), credentialOf(other.credential)],
  ];
  return pairs
    .filter(([, ours, theirs]) => ours !== undefined && theirs !== undefined && ours !== theirs)
    .map(([what, ours, theirs]) => `${name} disagrees about ${what}: it says ${theirs}, the server's page says ${ours}`);
}

function ownerOf({ level, project, plan }: InventoryItem): string {
  return plan ?? (level === 'global' ? 'the server' : (project ?? 'nobody'));
}

/** Bitbucket knows workspaces and slugs in any case. */
function addressOf({ workspace, slug }: InventoryItem): string | undefined {
  return workspace === undefined || slug === undefined ? undefined : `${workspace}/${slug}`.toLowerCase();
}

function credentialOf({ kind, username, shared }: Credential): string | undefined {
  if (kind === 'unknown') return undefined;
  if (shared !== undefined) return `the shared credential ${shared.id}`;
  return username === undefined ? kind : `${kind} of "${username}"`;
}
