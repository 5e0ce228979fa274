/** A repository as a server holds it, secrets in clear. */
export interface HeldRepository {
  readonly id: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** A user name with the secret that belongs to it. */
export interface HeldPair {
  readonly username: string;
  readonly secret: string;
}

/** One repository that a plan changes: the only two pairs that it may ever hold, and under which names the server keeps them. */
export interface Transition {
  readonly id: string;
  readonly usernameSetting: string;
  readonly secretName: string;
  readonly old: HeldPair;
  readonly new: HeldPair;
}

/** Which of its two pairs a repository holds. */
export type Held = 'old' | 'new';

/** What a run directory tells of one repository's write. */
export interface Evidence {
  readonly id: string;
  readonly intents: number;
  /** User names and settings of its snapshots. */
  readonly snapshots: readonly { readonly username: string | undefined; readonly settings: Readonly<Record<string, string>> }[];
}

/** What a server holds, against what it may hold. */
export interface Verdict {
  readonly held: ReadonlyMap<string, Held>;
  /** Empty when every repository holds exactly its old or its new pair, and all else is as at the start. */
  readonly problems: readonly string[];
}

/** Compares a server with how it was at the start; `start` holds the old pairs. */
export function judgeServer(start: readonly HeldRepository[], now: readonly HeldRepository[], transitions: readonly Transition[]): Verdict {
  const held = new Map<string, Held>();
  const problems: string[] = [];
  const current = new Map(now.map((repository) => [repository.id, repository]));
  const known = new Set(start.map(({ id }) => id));
  for (const { id } of now) if (!known.has(id)) problems.push(`repository ${id} was not there at the start`);
  for (const before of start) {
    const repository = current.get(before.id);
    const transition = transitions.find(({ id }) => id === before.id);
    if (repository === undefined) problems.push(`repository ${before.id} is gone`);
    else if (sameContent(repository, before)) held.set(before.id, 'old');
    else if (transition !== undefined && sameContent(repository, withPair(before, transition, 'new'))) held.set(before.id, 'new');
    else problems.push(`repository ${before.id} holds neither its old nor its new state: ${differences(before, repository).join(', ')} differ`);
  }
  return { held, problems };
}

/** The repository with one of its two pairs. */
export function withPair<R extends HeldRepository>(repository: R, transition: Transition, which: Held): R {
  const { username, secret } = transition[which];
  return {
    ...repository,
    settings: { ...repository.settings, [transition.usernameSetting]: username },
    secrets: { ...repository.secrets, [transition.secretName]: secret },
  };
}

/** Every repository whose pair changed since `before` must have an intent and a snapshot of what it held before, on disk. */
export function unexplained(
  start: readonly HeldRepository[],
  before: Verdict,
  now: Verdict,
  evidence: readonly Evidence[],
  transitions: readonly Transition[],
): string[] {
  return transitions.flatMap((transition) => {
    const earlier = before.held.get(transition.id);
    if (earlier === undefined || earlier === now.held.get(transition.id)) return [];
    const found = evidence.find(({ id }) => id === transition.id);
    const origin = start.find(({ id }) => id === transition.id);
    if (found === undefined || found.intents === 0) return [`repository ${transition.id} was changed without an intent on disk`];
    if (origin === undefined || !found.snapshots.some((snapshot) => restores(snapshot, origin, transition, earlier)))
      return [`repository ${transition.id} was changed without a snapshot of what it held`];
    return [];
  });
}

function restores(snapshot: Evidence['snapshots'][number], origin: HeldRepository, transition: Transition, earlier: Held): boolean {
  const kept = Object.entries(origin.settings).filter(([name]) => name !== transition.usernameSetting && Object.hasOwn(snapshot.settings, name));
  return snapshot.username === transition[earlier].username && kept.length >= 5 && kept.every(([name, value]) => snapshot.settings[name] === value);
}

function sameContent(one: HeldRepository, other: HeldRepository): boolean {
  return differences(one, other).length === 0;
}

function differences(one: HeldRepository, other: HeldRepository): string[] {
  return (['settings', 'secrets'] as const).flatMap((part) => {
    const names = new Set([...Object.keys(one[part]), ...Object.keys(other[part])]);
    return [...names].filter((name) => one[part][name] !== other[part][name]);
  });
}
