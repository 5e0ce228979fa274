import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { nameOf, type Plan, type Repository } from '../model.ts';
import type { StoringScene } from '../pages/store.ts';
import { checked } from './checked.ts';
import { projectNamed } from './import-project.ts';
import { ImportRefused } from './import-refused.ts';
import { type ReadyRepository, readOwned } from './import-repository.ts';
import { LINK_CLASSES, PLAN_CLASS } from './spec-classes.ts';
import { Description, flag, Name } from './spec-fields.ts';
import { classOf, type SpecMap } from './spec-value.ts';

const Key = z.strictObject({ key: z.string().min(1) });

/** Keys that the import knows and the simulator has no use for. */
const UNUSED = [
  'oid',
  'pluginConfigurations',
  'dependenciesProperties',
  'forceStopHungBuilds',
  'labels',
  'notifications',
  'planBranchConfiguration',
  'planBranchManagementProperties',
  'repositoryBranches',
  'repositoryStoredSpecsData',
  'stages',
  'triggers',
  'variables',
] as const;

const Body = z.strictObject({
  ...Object.fromEntries(UNUSED.map((key) => [key, z.unknown().optional()])),
  key: Key,
  name: Name,
  description: Description,
  enabled: flag(true),
  project: z.looseObject({ key: Key, name: z.string().nullish() }),
  repositories: z.array(z.strictObject({ repositoryDefinition: z.custom<SpecMap>() })).nullish(),
});

const Link = z.looseObject({ parent: z.string() });

/** Imports a plan as a whole: afterwards it has the repositories of the document and no other. */
export function importPlan(scene: StoringScene, entity: SpecMap): Plan {
  if (classOf(entity) !== PLAN_CLASS) throw new ImportRefused(`Class '${classOf(entity)}' is not a plan.`);
  const { context } = scene;
  const body = checked(Body, entity);
  const projectKey = body.project.key.key;
  const key = `${projectKey}-${body.key.key}`;
  const parts = (body.repositories ?? []).map((each) => readPart(context, key, projectKey, each.repositoryDefinition));
  const project = projectNamed(context, projectKey, context.model.projects.has(projectKey) ? null : (body.project.name ?? null), null);
  const before = context.model.plans.get(key) ?? newPlan(key, projectKey);
  const plan: Plan = { ...before, name: body.name, enabled: body.enabled === 'true' };
  context.model.plans.set(key, plan);
  if (!project.plans.includes(key)) project.plans.push(key);
  replaceRepositories(
    context,
    plan,
    parts.map((part) => ('link' in part ? part.link : part.own.store(scene))),
  );
  return plan;
}

type Part = { readonly link: Repository } | { readonly own: ReadyRepository };

/** A repository of others by name, or one of the plan's own in full. */
function readPart(context: BambooContext, plan: string, project: string, entity: SpecMap): Part {
  const className = classOf(entity);
  if (className !== LINK_CLASSES.global && className !== LINK_CLASSES.project) return { own: readOwned({ context, owner: { kind: 'plan', plan } }, entity) };
  const { parent } = checked(Link, entity);
  const ids = className === LINK_CLASSES.global ? context.model.linked : (context.model.projects.get(project)?.own ?? []);
  const found = ids.map((id) => context.model.repositories.get(id)).find((each) => each !== undefined && nameOf(each) === parent);
  if (found === undefined) throw new ImportRefused(`There is no repository '${parent}' to link the plan to.`);
  return { link: found };
}

function newPlan(key: string, project: string): Plan {
  return { key, project, name: '', own: [], used: [], branches: [], enabled: true, access: 'admin', specsBound: false };
}

function replaceRepositories({ model }: BambooContext, plan: Plan, wanted: readonly Repository[]): void {
  const own = wanted.filter((each) => each.owner.kind === 'plan').map((each) => each.id);
  for (const id of plan.own.filter((each) => !own.includes(each))) model.repositories.delete(id);
  for (const each of model.repositories.values()) dropUse(each, plan.key);
  for (const each of wanted) each.usedByPlans.push(plan.key);
  plan.own.splice(0, plan.own.length, ...own);
  plan.used.splice(0, plan.used.length, ...wanted.filter((each) => each.owner.kind !== 'plan').map((each) => each.id));
}

function dropUse({ usedByPlans }: Repository, key: string): void {
  const index = usedByPlans.indexOf(key);
  if (index >= 0) usedByPlans.splice(index, 1);
}
