import { formDefinitions } from '../forms/form-definitions.ts';
import type { BambooModel, Owner, Repository } from '../model.ts';
import { seedLaterKeys } from '../specs/later-keys.ts';
import type { Traits } from '../traits.ts';
import { type AppPasswordUsers, appPasswordUsers } from './accounts.ts';
import { addBranches } from './branches.ts';
import { createCredentials } from './credentials.ts';
import { createProjects } from './projects.ts';
import { type Random, randomFrom } from './random.ts';
import type { RepositorySketch } from './sketch.ts';
import { sketchAt } from './sketches.ts';
import { SPECIAL_PLACES, SPECIAL_PLANS } from './special-places.ts';

/** What a Bamboo is made from. */
export interface SeedOptions {
  readonly seed: string;
  readonly repositories: number;
  readonly traits: Traits;
  /** The token that the already migrated repositories stand on. */
  readonly token: { readonly email: string; readonly value: string };
}

/** A Bamboo made from a seed, and the app passwords that Bitbucket must know for it. */
export interface SeededBamboo {
  readonly model: BambooModel;
  readonly users: AppPasswordUsers;
}

/** Makes a Bamboo that is the same for the same options: repositories of all types on all levels, in use by plans. */
export function createBamboo(options: SeedOptions): SeededBamboo {
  const random = randomFrom(options.seed);
  const users = appPasswordUsers(random);
  const model: BambooModel = {
    ...createProjects(options.repositories),
    repositories: new Map(),
    linked: [],
    credentials: createCredentials({ ...options, random, users, more: randomFrom(`${options.seed} more credentials`) }),
    nextId: BigInt(options.traits.firstId),
  };
  const sketch = sketchAt({ ...options, random, users, credentials: model.credentials, definitions: formDefinitions(options.traits) });
  const owner = ownersIn(model);
  const hasSpecials = options.repositories >= SPECIALS_FROM;
  const firstSpecial = hasSpecials ? options.repositories - SPECIAL_PLACES.length : options.repositories;
  for (let index = 0; index < options.repositories; index += 1) {
    const special = SPECIAL_PLACES[index - firstSpecial];
    addRepository(model, special?.owner ?? owner(index), sketch(index, special), random);
  }
  if (hasSpecials) putSpecialsFirst(model);
  usePlansAround(model, random);
  if (options.traits.laterKeys) seedLaterKeys(model);
  addBranches(model, Math.ceil(options.repositories / 20), hasSpecials);
  const bound = [...model.plans.values()].at(-1);
  if (bound !== undefined) bound.specsBound = true;
  return { model, users };
}

/** Smaller servers keep to the mix: the special places would crowd it out. */
const SPECIALS_FROM = 48;

/** A plan's first repository is the one that a branch overrides, so the special one takes that place. */
function putSpecialsFirst(model: BambooModel): void {
  for (const key of SPECIAL_PLANS) {
    const own = model.plans.get(key)?.own ?? [];
    const last = own.pop();
    if (last !== undefined) own.unshift(last);
  }
}

/** Adds a repository to the model and to the list of its owner. */
function addRepository(model: BambooModel, owner: Owner, sketch: RepositorySketch, random: Random): Repository {
  const id = String(model.nextId);
  // Not every number is a repository: other entities take ids from the same row.
  model.nextId += BigInt(1 + random.below(3));
  const repository: Repository = { id, oid: random.letters(12).toLowerCase(), owner, ...sketch, usedByPlans: [], environments: [] };
  model.repositories.set(id, repository);
  if (owner.kind === 'global') model.linked.push(id);
  if (owner.kind === 'project') model.projects.get(owner.project)?.own.push(id);
  if (owner.kind === 'plan') {
    model.plans.get(owner.plan)?.own.push(id);
    repository.usedByPlans.push(owner.plan);
  }
  return repository;
}

/** Of four repositories two are linked, one is a project's and one a plan's. */
function ownersIn(model: BambooModel): (index: number) => Owner {
  const projects = [...model.projects.keys()];
  const plans = [...model.plans.keys()];
  return (index) => {
    const turn = Math.floor(index / 4);
    if (index % 4 === 0) return { kind: 'project', project: projects[turn % projects.length] ?? '' };
    if (index % 4 === 1) return { kind: 'plan', plan: plans[turn % plans.length] ?? '' };
    return { kind: 'global' };
  };
}

/** Every plan uses a few linked repositories; every third plan one of its project; some environments deploy from them. */
function usePlansAround(model: BambooModel, random: Random): void {
  const plans = [...model.plans.values()];
  for (const [number, plan] of plans.entries()) {
    const chosen = new Set(Array.from({ length: Math.min(3, model.linked.length) }, () => model.linked[random.below(model.linked.length)]));
    const project = number % 3 === 0 ? model.projects.get(plan.project)?.own[0] : undefined;
    for (const id of [...chosen, project]) {
      const repository = model.repositories.get(id ?? '');
      if (repository === undefined) continue;
      plan.used.push(repository.id);
      repository.usedByPlans.push(plan.key);
      if (random.below(4) === 0) repository.environments.push({ id: String(7000 + number), name: `Production ${plan.key}` });
    }
  }
}
