import type { RepositoryKind } from './repository-types.ts';

/** Where a repository belongs. */
export type Owner =
  | { readonly kind: 'global' }
  | { readonly kind: 'project'; readonly project: string }
  | { readonly kind: 'plan'; readonly plan: string }
  | { readonly kind: 'branch'; readonly plan: string; readonly branch: string };

/** A deployment environment that checks a repository out. */
export interface Environment {
  readonly id: string;
  readonly name: string;
}

/** One repository as the server holds it: every setting as text, the secrets apart and in clear. */
export interface Repository {
  readonly id: string;
  readonly oid: string;
  readonly kind: RepositoryKind;
  readonly owner: Owner;
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  readonly usedByPlans: string[];
  readonly environments: Environment[];
}

/** A credential that many repositories may use. */
export interface SharedCredential {
  readonly id: string;
  readonly oid: string;
  readonly kind: 'username-password' | 'ssh';
  readonly project: string | null;
  name: string;
  username: string;
  secret: string;
}

/** A branch of a plan; its own repository stands among the repositories with a branch owner. */
export interface PlanBranch {
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly overrideRepository: string | null;
}

/** A plan, its own repositories, and those that it only uses. */
export interface Plan {
  readonly key: string;
  readonly project: string;
  readonly name: string;
  readonly own: string[];
  readonly used: string[];
  readonly branches: PlanBranch[];
}

/** A project and its own repositories. */
export interface Project {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly own: string[];
  readonly plans: string[];
}

/** All that one Bamboo holds. */
export interface BambooModel {
  readonly projects: Map<string, Project>;
  readonly plans: Map<string, Plan>;
  readonly repositories: Map<string, Repository>;
  readonly linked: string[];
  readonly credentials: Map<string, SharedCredential>;
  /** Repositories made while the server runs take their ids from here. */
  nextId: bigint;
}

/** The setting that holds a repository's name. */
export const NAME_SETTING = 'repositoryName';

/** The name people see. */
export function nameOf(repository: Repository): string {
  return repository.settings[NAME_SETTING] ?? '';
}

/** All repositories of one scope, in the order in which the server lists them. */
export function siblingsOf(model: BambooModel, owner: Owner): readonly string[] {
  switch (owner.kind) {
    case 'global':
      return model.linked;
    case 'project':
      return model.projects.get(owner.project)?.own ?? [];
    case 'plan':
      return model.plans.get(owner.plan)?.own ?? [];
    case 'branch':
      return [];
  }
}
