import { type Change, changeKey } from '../core/plan-file.ts';

/** A repository that a token will have to reach. */
export interface Target {
  readonly workspace: string;
  readonly slug: string;
  /** Keys of the objects whose credential must reach it. */
  readonly keys: readonly string[];
}

/** The repositories that each token is to serve, each once; a shared credential serves all its users. */
export function targetsOf(changes: readonly Change[]): Map<string, Target[]> {
  const collected = new TargetCollection();
  for (const change of changes) {
    const { token } = change.after;
    if (token === undefined) continue;
    for (const { workspace, slug } of change.users ?? [change]) collected.add(token, workspace, slug, changeKey(change));
  }
  return collected.targets();
}

/** Targets by token while they come in; Bitbucket's names do not depend on upper and lower case. */
export class TargetCollection {
  readonly #byToken = new Map<string, Map<string, { readonly workspace: string; readonly slug: string; readonly keys: string[] }>>();

  add(token: string, workspace: string, slug: string, key: string): void {
    const own = this.#byToken.get(token) ?? new Map();
    this.#byToken.set(token, own);
    const name = fullName({ workspace, slug });
    const known = own.get(name) ?? { workspace, slug, keys: [] };
    own.set(name, known);
    known.keys.push(key);
  }

  targets(): Map<string, Target[]> {
    return new Map([...this.#byToken].map(([token, own]) => [token, [...own.values()]]));
  }
}

/** A repository's name to compare by. */
export function fullName({ workspace, slug }: Pick<Target, 'workspace' | 'slug'>): string {
  return `${workspace}/${slug}`.toLowerCase();
}
