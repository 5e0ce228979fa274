import type { BambooModel, Repository } from '../model.ts';

/** Gives every plan a branch, and some of those a repository of their own: a copy of one of the plan's. */
export function addBranches(model: BambooModel, overrides: number): void {
  let left = overrides;
  for (const plan of model.plans.values()) {
    const key = `${plan.key}0`;
    const original = model.repositories.get(plan.own[0] ?? '');
    const own = left > 0 && original !== undefined ? copyFor(model, original, { plan: plan.key, branch: key }) : null;
    if (own !== null) left -= 1;
    plan.branches.push({ key, name: 'feature/ä', enabled: true, overrideRepository: own?.id ?? null });
  }
}

function copyFor(model: BambooModel, original: Repository, place: { plan: string; branch: string }): Repository {
  const id = String(model.nextId);
  model.nextId += 1n;
  const copy: Repository = {
    ...original,
    id,
    oid: `${original.oid}b`,
    owner: { kind: 'branch', ...place },
    settings: { ...original.settings },
    secrets: { ...original.secrets },
    usedByPlans: [place.branch],
    environments: [],
  };
  model.repositories.set(id, copy);
  return copy;
}
