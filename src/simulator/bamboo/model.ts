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

/** The kinds of shared credential. */
export type CredentialKind = 'username-password' | 'ssh' | 'aws';

/** A task of a job that logs in with a shared credential. */
export interface CredentialTask {
  readonly plan: string;
  readonly name: string;
}

/** A credential that many repositories may use; held like a repository: settings by the names of their controls, secrets apart. */
export interface SharedCredential {
  readonly id: string;
  readonly oid: string;
  kind: CredentialKind;
  /** `null` for one of the whole server. */
  readonly project: string | null;
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  readonly tasks: readonly CredentialTask[];
}

/** A branch of a plan; repositories of its own stand among the repositories with a branch owner. */
export interface PlanBranch {
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  /** The branch's own repository for a repository of the plan, by the plan's; what is not in here is inherited. */
  readonly overrides: Map<string, string>;
}

/** What the caller may do with a plan. */
export type PlanAccess = 'admin' | 'view' | 'hidden';

/** A plan, its own repositories, and those that it only uses. */
export interface Plan {
  readonly key: string;
  readonly project: string;
  readonly name: string;
  readonly own: string[];
  readonly used: string[];
  readonly branches: PlanBranch[];
  enabled: boolean;
  access: PlanAccess;
  /** Bound to Repository Stored Specs: known to the database alone, so no page and no call tells. */
  specsBound: boolean;
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

/** The setting that holds a shared credential's name [D]. */
export const CREDENTIAL_NAME = 'credentialsName';

/** The setting that holds a repository's name. */
export const NAME_SETTING = 'repositoryName';

/** The name people see. */
export function nameOf(repository: Repository): string {
  return repository.settings[NAME_SETTING] ?? '';
}

/** A shared credential's name. */
export function credentialName(credential: SharedCredential): string {
  return credential.settings[CREDENTIAL_NAME] ?? '';
}

/** Every repository of a plan in the plan's order: its own, then those that it only uses. */
export function repositoriesOf(plan: Plan): string[] {
  return [...plan.own, ...plan.used];
}

/** The branch with this key, and its plan. */
export function branchAt(model: BambooModel, key: string): { readonly plan: Plan; readonly branch: PlanBranch } | null {
  for (const plan of model.plans.values()) {
    const branch = plan.branches.find((each) => each.key === key);
    if (branch !== undefined) return { plan, branch };
  }
  return null;
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
