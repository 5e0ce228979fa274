import type { BambooModel, Plan, PlanBranch, Repository } from '../model.ts';
import { SPECIAL_PLANS } from './special-places.ts';

/** Gives every plan a branch, and some of those a repository of their own: a copy of the plan's first. */
export function addBranches(model: BambooModel, overrides: number, hasSpecials: boolean): void {
  const special: readonly string[] = hasSpecials ? SPECIAL_PLANS : [];
  let left = overrides;
  for (const plan of model.plans.values()) {
    const branch: PlanBranch = { key: `${plan.key}0`, name: 'feature/ä', enabled: true, overrides: new Map() };
    plan.branches.push(branch);
    const original = model.repositories.get(plan.own[0] ?? '');
    if (original === undefined || (left <= 0 && !special.includes(plan.key))) continue;
    overrideRepository(model, plan, branch, original);
    left -= 1;
  }
}

/** Gives a branch a repository of its own for one of the plan's: with the same settings and secrets at first. */
export function overrideRepository(model: BambooModel, plan: Plan, branch: PlanBranch, original: Repository): Repository {
  const id = String(model.nextId);
  model.nextId += 1n;
  const copy: Repository = {
    ...original,
    id,
    oid: `${original.oid}b`,
    owner: { kind: 'branch', plan: plan.key, branch: branch.key },
    settings: { ...original.settings },
    secrets: { ...original.secrets },
    usedByPlans: [branch.key],
    environments: [],
  };
  model.repositories.set(id, copy);
  branch.overrides.set(original.id, id);
  return copy;
}
