import type { FormDefinitions } from '../forms/form-definitions.ts';
import { credentialName, type Repository, type SharedCredential } from '../model.ts';
import type { Traits } from '../traits.ts';
import type { AppPasswordUsers } from './accounts.ts';
import type { Random } from './random.ts';
import type { WorkspaceSlug } from './workspaces.ts';

/** What a repository is, before it has an id and a place. */
export type RepositorySketch = Pick<Repository, 'kind' | 'settings' | 'secrets'>;

/** What all sketches draw from. */
export interface SketchSources {
  readonly traits: Traits;
  readonly random: Random;
  readonly users: AppPasswordUsers;
  readonly credentials: ReadonlyMap<string, SharedCredential>;
  readonly definitions: FormDefinitions;
  readonly token: { readonly email: string; readonly value: string };
}

/** One place in the seed. */
export interface SketchPlace {
  readonly index: number;
  readonly workspace: WorkspaceSlug;
  readonly slug: string;
}

/** What a sketch puts over the settings of an untouched repository of its kind. */
export interface Differences {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The id of the shared credential with this name in this scope. */
export function credentialNamed(credentials: ReadonlyMap<string, SharedCredential>, name: string, project: string | null): string {
  return [...credentials.values()].find((each) => each.project === project && credentialName(each) === name)?.id ?? '';
}
