import type { Config, Selection } from './config.ts';
import { holdSide } from './held-side.ts';
import type { ReadBack } from './judge.ts';
import { changedSettings, fingerprint, type ObjectState, settingDigests } from './object-state.ts';
import { placeOf } from './place.ts';
import type { UnsealedPlan } from './plan-codec.ts';
import type { Change, NotChanged, PlanFile, RouteName } from './plan-file.ts';
import { rollbackPlan } from './rollback-plan.ts';
import { selects } from './selection.ts';
import { isInline } from './sides.ts';
import type { SnapshotEntry } from './snapshot.ts';

/** What a plan from a snapshot is made of. */
export interface SnapshotInput {
  readonly entries: readonly SnapshotEntry[];
  /** The file that they stand in: it is where kept documents are looked up. */
  readonly file?: string;
  /** What the server holds now, by key. */
  readonly current: ReadonlyMap<string, ReadBack>;
  readonly selection: Selection;
  readonly config: Config;
  readonly now: Date;
  readonly tool: string;
  readonly server: PlanFile['server'];
}

type SnapshotVerdict = { readonly kind: 'change'; readonly change: Change } | { readonly kind: 'unchanged' | 'cannot'; readonly why: string };

const CANNOT_SEE = 'a snapshot does not tell who wrote last: a change made by somebody else since then is undone as well';

/** The plan that puts user names back as a snapshot has them, where all else still equals it; the latest entry first. */
export function planFromSnapshot(input: SnapshotInput): UnsealedPlan {
  const changes: Change[] = [];
  const others: Record<'unchanged' | 'cannot', NotChanged[]> = { unchanged: [], cannot: [] };
  for (const entry of earliestEntries(input.entries).filter((entry) => selects(input.selection, selectable(entry)))) {
    const verdict = judgeEntry(entry, input);
    if (verdict.kind === 'change') changes.push(verdict.change);
    else others[verdict.kind].push({ ...placeOf(entry.place), why: verdict.why });
  }
  return rollbackPlan({ changes, ...others }, input);
}

/** A resumed run takes a second snapshot of an object: the first one is the state before the run. */
function earliestEntries(entries: readonly SnapshotEntry[]): SnapshotEntry[] {
  const byKey = new Map<string, SnapshotEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  return [...byKey.values()].reverse();
}

function judgeEntry(entry: SnapshotEntry, input: SnapshotInput): SnapshotVerdict {
  const current = input.current.get(entry.key);
  if (current === undefined) return cannot('it was not found on the server');
  if (current.kind === 'unreadable') return cannot(current.why);
  const { state } = current;
  const different = differences(stateOf(entry), state);
  if (different !== undefined) return cannot(different);
  if (state.credential.username === entry.credential.username && state.credential.kind === entry.credential.kind)
    return { kind: 'unchanged', why: 'its user name is the one of the snapshot' };
  return state.writable.kind === 'no' ? cannot(state.writable.why) : changeFor(entry, state, input);
}

function changeFor(entry: SnapshotEntry, state: ObjectState, { config, now, file }: SnapshotInput): SnapshotVerdict {
  const { credential, users } = entry;
  const at = locationOf(entry);
  if (!isPair(credential) || !isPair(state.credential)) return cannot('it does not hold a user name and password of its own, in the snapshot or on the server');
  if (at === undefined) return cannot('the snapshot does not tell a repository through which it could be checked; "bamboo-rekey rollback RUN" can put it back');
  const held = holdSide(
    { username: credential.username, credential: credential.kind },
    entry.kind,
    config,
    now,
    entry.document === undefined || file === undefined ? undefined : { file },
  );
  if (held.kind === 'missing') return cannot(held.why);
  const before = { username: state.credential.username, credential: state.credential.kind };
  const seen = { fingerprint: fingerprint(state), settings: settingDigests(state.settings), usedBy: null };
  return {
    kind: 'change',
    change: {
      ...placeOf(entry.place),
      kind: entry.kind,
      ...at,
      route: routeOf(entry),
      before,
      after: held.side,
      ...seen,
      ...(users === undefined ? {} : { users }),
      rollback: held.grade,
      warnings: [CANNOT_SEE, ...held.warnings],
    },
  };
}

/** The way that an object of a snapshot was read, and has to be read to be compared. */
export function routeOf({ place, route }: Pick<SnapshotEntry, 'place' | 'route'>): RouteName {
  return route ?? (place.object === 'shared-credential' ? 'shared-credential' : 'form');
}

/** A shared credential is where the first of its users is. */
function locationOf({ kind, workspace, slug, users }: SnapshotEntry): Pick<Change, 'workspace' | 'slug'> | undefined {
  const at = kind === 'credentials' ? (users?.[0] ?? {}) : { workspace, slug };
  return at.workspace === undefined || at.slug === undefined ? undefined : { workspace: at.workspace, slug: at.slug };
}

/** Why a snapshot may not be put back over what the server holds now; undefined when all but the user name is equal. */
function differences(before: ObjectState, now: ObjectState): string | undefined {
  if (fingerprint(before) === fingerprint(now)) return undefined;
  const names = changedSettings(settingDigests(before.settings), settingDigests(now.settings));
  return `it was changed since the snapshot (${names.length === 0 ? 'which repository it is' : names.join(', ')}), and later edits are never trampled`;
}

function isPair(credential: ObjectState['credential']): credential is ObjectState['credential'] & { username: string } {
  return isInline(credential.kind) && credential.username !== undefined && credential.username !== '';
}

function stateOf({ place, kind, workspace, slug, credential, settings }: SnapshotEntry): ObjectState {
  return {
    place,
    kind,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    credential,
    settings,
    writable: { kind: 'yes' },
    notes: [],
  };
}

function selectable({ place, kind, workspace, slug, users }: SnapshotEntry) {
  return { ...place, kind, ...(workspace === undefined ? {} : { workspace }), ...(slug === undefined ? {} : { slug }), users, usedBy: null };
}

function cannot(why: string): SnapshotVerdict {
  return { kind: 'cannot', why };
}
