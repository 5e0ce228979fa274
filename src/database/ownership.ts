import type { Place, Usage } from '../core/model.ts';
import type { PlanUse, Users } from './plan-uses.ts';
import type { RepositoryRecord } from './record.ts';

/** Who owns a repository, as far as a living owner is found. */
export type Ownership =
  | { readonly kind: 'owned'; readonly place: Place; readonly specsBound: boolean | null; readonly notes: readonly string[] }
  /** Nobody: it is listed apart and never planned. */
  | { readonly kind: 'apart'; readonly place: Place; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Decides the owner of a root row: IS_GLOBAL first, then PROJECT_ID, else the plan [D]. */
export function ownerOf(row: RepositoryRecord, users: Users): Ownership {
  if (row.isGlobal) return owned(row, { level: 'global' }, false);
  if (row.projectKey !== '') return owned(row, { level: 'project', project: row.projectKey }, false);
  if (row.projectId !== '') return { kind: 'unreadable', why: `its project (id ${row.projectId}) is not in the table PROJECT` };
  const [plan, ...more] = users.plans;
  if (plan === undefined) return branchOf(row, users, undefined);
  const notes = more.length === 0 ? [] : [`${more.length + 1} plans own it: ${[plan, ...more].map(({ key }) => key).join(', ')}`];
  return owned(row, { level: 'plan', project: plan.project, plan: plan.key }, plan.specsBound, notes);
}

/** Decides the owner of a child row that holds a credential of its own: a fourth level, the override of a plan branch [D, I]. */
export function overrideOwner(row: RepositoryRecord, users: Users, parentUsers: Users): Ownership {
  const [plan] = users.branches.length > 0 ? [] : users.plans;
  if (plan === undefined) return branchOf(row, users, parentUsers.plans[0]);
  return owned(row, { level: 'plan', project: plan.project, plan: plan.key }, plan.specsBound, ['it overrides the settings of another repository']);
}

function branchOf(row: RepositoryRecord, users: Users, parentPlan: PlanUse | undefined): Ownership {
  const [branch] = users.branches;
  if (branch === undefined) return nobody(row, users.onlyMarked ? 'its only plan is marked for deletion' : 'no plan uses it');
  // A branch is bound where its plan is; a branch that is not listed itself proves nothing.
  const specsBound = parentPlan?.specsBound ?? (branch.specsBound === true ? true : null);
  return owned(row, { level: 'branch', project: branch.project, plan: branch.key }, specsBound);
}

/** A row that is marked for deletion itself, with as much of its owner as is known. */
export function markedRow(row: RepositoryRecord, users: Users): Ownership {
  const found = ownerOf(row, users);
  return { kind: 'apart', place: found.kind === 'unreadable' ? homeless(row) : found.place, why: 'marked for deletion' };
}

/** The blast radius by joins. Environments stand in tables that are not known. */
export function usageOf(plans: readonly PlanUse[]): Usage {
  const [only, ...more] = plans;
  return only !== undefined && more.length === 0 ? (usageOfOne.get(only) ?? countOne(only)) : count(plans);
}

/** Most repositories serve one plan, and plans have several. */
const usageOfOne = new WeakMap<PlanUse, Usage>();

function countOne(plan: PlanUse): Usage {
  const usage = count([plan]);
  usageOfOne.set(plan, usage);
  return usage;
}

function count(plans: readonly PlanUse[]): Usage {
  const projects = [...new Set(plans.map((plan) => plan.project))].sort();
  return { plans: plans.length, environments: 0, projects, inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
}

function owned(row: RepositoryRecord, at: Pick<Place, 'level' | 'project' | 'plan'>, specsBound: boolean | null, notes: readonly string[] = []): Ownership {
  return { kind: 'owned', place: { object: 'repository', id: row.id, ...at, name: row.name }, specsBound, notes };
}

function nobody(row: RepositoryRecord, why: string): Ownership {
  return { kind: 'apart', place: homeless(row), why };
}

function homeless({ id, name }: RepositoryRecord): Place {
  return { object: 'repository', id, level: 'plan', name };
}
