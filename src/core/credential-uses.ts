import type { Place } from './model.ts';
import type { CredentialUse } from './ports.ts';
import { listOf } from './shared-users.ts';

/** Repositories that were met on the server, by what they have to do with one shared credential. */
export interface KnownRepositories {
  /** Read, and known to use the credential. */
  readonly users: readonly Place[];
  /** Of types that can't hold a Bitbucket Cloud credential. */
  readonly otherTypes: readonly Place[];
  /** All others that were read. */
  readonly others: readonly Place[];
}

/** What the server's own list of users adds to what was read from the repositories. */
export interface UseFindings {
  /** Names of users of other repository types. */
  readonly otherUsers: readonly string[];
  /** How many repositories the server names. */
  readonly repositories: number;
  /** Sentences about everybody else. */
  readonly notes: readonly string[];
}

type Standing = keyof KnownRepositories | 'not known';

/** Compares the users that the server names with the repositories that were read. */
export function sortUses(uses: readonly CredentialUse[], known: KnownRepositories): UseFindings {
  const met = (['users', 'otherTypes', 'others'] as const).flatMap((standing) => known[standing].map(({ id, name }) => ({ id, name, standing })));
  const byId = new Map(met.map(({ id, standing }) => [id, standing]));
  const repositories = uses
    .filter(({ kind }) => kind !== 'task')
    .map((use) => ({ use, standing: (use.id === undefined ? standingOfName(use.name, met) : byId.get(use.id)) ?? 'not known' }));
  const named = (wanted: Standing, kind?: CredentialUse['kind']): string[] =>
    repositories.filter(({ use, standing }) => standing === wanted && (kind === undefined || use.kind === kind)).map(({ use }) => quote(use.name));
  const tasks = uses.filter(({ kind }) => kind === 'task').map(({ name }) => quote(name));
  return {
    otherUsers: named('otherTypes'),
    repositories: repositories.filter(({ use }) => use.kind === 'repository').length,
    notes: [
      ...sentence(tasks, (list) => `used by the task(s) ${list}, too, which get the new pair with it`),
      ...sentence(named('others'), (list) => `Bamboo names ${list} as a user, whose form does not show it in the account slot`),
      ...sentence(named('not known'), (list) => `Bamboo names ${list} as a user, which was not read`),
    ],
  };
}

function sentence(names: readonly string[], write: (list: string) => string): string[] {
  return names.length === 0 ? [] : [write(listOf(names))];
}

function quote(name: string): string {
  return `"${name}"`;
}

interface Met {
  readonly name: string;
  readonly standing: keyof KnownRepositories;
}

/** A name may stand beside other words, so the longest known one counts; one that a user has is that user's. */
function standingOfName(text: string, met: readonly Met[]): Met['standing'] | undefined {
  const contained = met.filter(({ name }) => holdsName(text, name)).sort((one, other) => other.name.length - one.name.length);
  return contained[0]?.standing;
}

function holdsName(text: string, name: string): boolean {
  if (name === '') return false;
  const at = text.indexOf(name);
  if (at < 0) return false;
  const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  return !isLetter(text[at - 1]) && !isLetter(text[at + name.length]);
}
