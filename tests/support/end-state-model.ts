/** A repository or a shared credential as a server holds it, secrets in clear. */
export interface HeldObject {
  /** As in a plan and a journal: `repository:ID` or `shared-credential:ID`. */
  readonly key: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** A user name with the secret that belongs to it. */
export interface HeldPair {
  readonly username: string;
  readonly secret: string;
}

/** One object that a plan changes: the only two pairs that it may ever hold, and under which names the server keeps them. */
export interface Transition {
  readonly key: string;
  readonly usernameSetting: string;
  readonly secretName: string;
  readonly old: HeldPair;
  readonly new: HeldPair;
}

/** Which of its two pairs an object holds. */
export type Held = 'old' | 'new';

/** What a run directory tells of one object's write. */
export interface Evidence {
  readonly key: string;
  readonly intents: number;
  /** User names and settings of its snapshots. */
  readonly snapshots: readonly { readonly username: string | undefined; readonly settings: Readonly<Record<string, string>>; readonly document?: string }[];
}

/** What a server holds, against what it may hold. */
export interface Verdict {
  readonly held: ReadonlyMap<string, Held>;
  /** Empty when every object holds exactly its old or its new pair, and all else is as at the start. */
  readonly problems: readonly string[];
}

/** Compares a server with how it was at the start; `start` holds the old pairs. */
export function judgeServer(start: readonly HeldObject[], now: readonly HeldObject[], transitions: readonly Transition[]): Verdict {
  const held = new Map<string, Held>();
  const problems: string[] = [];
  const current = new Map(now.map((object) => [object.key, object]));
  const known = new Set(start.map(({ key }) => key));
  for (const { key } of now) if (!known.has(key)) problems.push(`${key} was not there at the start`);
  for (const before of start) {
    const object = current.get(before.key);
    const transition = transitions.find(({ key }) => key === before.key);
    if (object === undefined) problems.push(`${before.key} is gone`);
    else if (sameContent(object, before)) held.set(before.key, 'old');
    else if (transition !== undefined && sameContent(object, withPair(before, transition, 'new'))) held.set(before.key, 'new');
    else problems.push(`${before.key} holds neither its old nor its new state: ${differences(before, object).join(', ')} differ`);
  }
  return { held, problems };
}

/** The object with one of its two pairs. */
function withPair<O extends HeldObject>(object: O, transition: Transition, which: Held): O {
  const { username, secret } = transition[which];
  return {
    ...object,
    settings: { ...object.settings, [transition.usernameSetting]: username },
    secrets: { ...object.secrets, [transition.secretName]: secret },
  };
}

/** Every object whose pair changed between two looks must have an intent and a snapshot of what it held before, on disk. */
export function unexplained(
  start: readonly HeldObject[],
  [before, now]: readonly [Verdict, Verdict],
  evidence: readonly Evidence[],
  transitions: readonly Transition[],
): string[] {
  return transitions.flatMap((transition) => {
    const { key } = transition;
    const earlier = before.held.get(key);
    if (earlier === undefined || earlier === now.held.get(key)) return [];
    const found = evidence.find((each) => each.key === key);
    const origin = start.find((each) => each.key === key);
    if (found === undefined || found.intents === 0) return [`${key} was changed without an intent on disk`];
    if (origin === undefined || !found.snapshots.some((snapshot) => restores(snapshot, origin, transition, earlier)))
      return [`${key} was changed without a snapshot of what it held`];
    return [];
  });
}

/** The server's own document holds everything; else settings do. */
function restores(snapshot: Evidence['snapshots'][number], origin: HeldObject, transition: Transition, earlier: Held): boolean {
  if (snapshot.document !== undefined) return snapshot.username === transition[earlier].username && snapshot.document.includes(snapshot.username);
  const others = Object.entries(origin.settings).filter(([name]) => name !== transition.usernameSetting);
  const kept = others.filter(([name]) => Object.hasOwn(snapshot.settings, name));
  // A shared credential has hardly any settings, and its name stands beside them.
  const least = Math.min(5, others.length - 1);
  return snapshot.username === transition[earlier].username && kept.length >= least && kept.every(([name, value]) => snapshot.settings[name] === value);
}

function sameContent(one: HeldObject, other: HeldObject): boolean {
  return differences(one, other).length === 0;
}

function differences(one: HeldObject, other: HeldObject): string[] {
  return (['settings', 'secrets'] as const).flatMap((part) => {
    const names = new Set([...Object.keys(one[part]), ...Object.keys(other[part])]);
    return [...names].filter((name) => one[part][name] !== other[part][name]);
  });
}
