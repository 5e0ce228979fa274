import type { RepositoryDump } from '../../src/simulator/index.ts';
import type { Evidence, Held, Verdict } from './end-state-model.ts';

/** A Git-type twin that a plan makes: the only shape that it may ever have. */
export interface Twin {
  /** As in a plan and a journal: `twin:twin-of-ID`. */
  readonly key: string;
  readonly name: string;
  /** `null` for the whole server. */
  readonly project: string | null;
  readonly url: string;
  readonly username: string;
  readonly secret: string;
}

/** Looks for the twins among what was not there at the start: each is not there (`old`), or there once and whole (`new`); anything else is a problem. */
export function judgeTwins(made: readonly RepositoryDump[], twins: readonly Twin[]): Verdict {
  const held = new Map<string, Held>();
  const problems = made.filter((each) => twinLike(each, twins) === undefined).map(({ id }) => `repository:${id} was not there at the start`);
  for (const twin of twins) {
    const found = made.filter((each) => isOf(twin, each));
    held.set(twin.key, found.length === 0 ? 'old' : 'new');
    if (found.length > 1) problems.push(`${twin.key} is there ${found.length} times`);
    problems.push(...found.filter((each) => !isWhole(twin, each)).map(({ id }) => `${twin.key} is half made, as repository ${id}`));
  }
  return { held, problems };
}

/** Every twin that came or went between two looks must have an intent and a snapshot on disk. */
export function unexplainedTwins(twins: readonly Twin[], [before, now]: readonly [Verdict, Verdict], evidence: readonly Evidence[]): string[] {
  const changed = twins.filter(({ key }) => before.held.get(key) !== now.held.get(key));
  return changed.flatMap(({ key, username }) => {
    const found = evidence.find((each) => each.key === key);
    const earlier = before.held.get(key) === 'old' ? '' : username;
    if (found === undefined || found.intents === 0) return [`${key} was made or removed without an intent on disk`];
    return found.snapshots.some((snapshot) => (snapshot.username ?? '') === earlier) ? [] : [`${key} was made or removed without a snapshot`];
  });
}

/** The twin that a repository has name and place of. */
export function twinLike(repository: RepositoryDump, twins: readonly Twin[]): Twin | undefined {
  return twins.find((twin) => isOf(twin, repository));
}

function isOf({ name, project }: Twin, { name: other, owner }: RepositoryDump): boolean {
  return name === other && (owner.kind === 'project' ? owner.project : null) === project;
}

function isWhole({ url, username, secret }: Twin, { type, settings, secrets }: RepositoryDump): boolean {
  return (
    type === 'git' &&
    settings['repository.git.repositoryUrl'] === url &&
    settings['repository.git.username'] === username &&
    Object.values(secrets).includes(secret)
  );
}
