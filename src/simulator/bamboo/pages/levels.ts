import type { BambooContext } from '../context.ts';
import type { Owner, Repository } from '../model.ts';

/** One kind of edit form: where it is shown, where it is saved, where one is sent afterwards. */
export interface FormLevel {
  readonly level: 'global' | 'project' | 'plan' | 'branch';
  readonly editPath: string;
  readonly saveName: string;
  readonly namespace: string;
  /** The parameter that names the owner, beside `repositoryId`. */
  readonly ownerParameter: 'projectKey' | 'planKey' | null;
  readonly listPath: (owner: string) => string;
}

/** Linked and plan pages as the facts name them; a project's by symmetry [I]. */
export const FORM_LEVELS: readonly FormLevel[] = [
  {
    level: 'global',
    editPath: '/admin/editLinkedRepository.action',
    namespace: '/admin',
    saveName: 'updateLinkedRepository',
    ownerParameter: null,
    listPath: () => '/admin/configureLinkedRepositories.action',
  },
  {
    level: 'project',
    editPath: '/project/editProjectRepository.action',
    namespace: '/project',
    saveName: 'updateProjectRepository',
    ownerParameter: 'projectKey',
    listPath: (owner) => `/project/configureProjectRepositories.action?projectKey=${owner}`,
  },
  {
    level: 'plan',
    editPath: '/chain/admin/config/editRepository.action',
    namespace: '/chain/admin/config',
    saveName: 'updateRepository',
    ownerParameter: 'planKey',
    listPath: (owner) => `/chain/admin/config/editChainRepository.action?buildKey=${owner}`,
  },
];

/** A branch's form: its page and its save as the templates of 5.8 name them [D]; `planKey` is the branch's key. */
export const BRANCH_LEVEL: FormLevel = {
  level: 'branch',
  editPath: '/branch/admin/config/editChainBranchRepository.action',
  namespace: '/branch/admin/config',
  saveName: 'saveChainBranchRepository',
  ownerParameter: 'planKey',
  listPath: (branch) => `/branch/admin/config/editChainBranchRepository.action?planKey=${branch}`,
};

/** The repository that a form of this level shows, if there is such a one. */
export function repositoryAt(context: BambooContext, level: FormLevel, id: string, owner: string): Repository | null {
  const repository = context.model.repositories.get(id);
  if (repository === undefined) return null;
  const isUsedByPlan = level.level === 'plan' && (context.model.plans.get(owner)?.used.includes(id) ?? false);
  return isUsedByPlan || (repository.owner.kind === level.level && ownerKey(repository.owner) === owner) ? repository : null;
}

/** The key of the project or plan that owns; empty for linked repositories. */
function ownerKey(owner: Owner): string {
  switch (owner.kind) {
    case 'global':
      return '';
    case 'project':
      return owner.project;
    case 'plan':
    case 'branch':
      return owner.plan;
  }
}
