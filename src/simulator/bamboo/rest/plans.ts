import express, { type Request, type Response, type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import type { Plan } from '../model.ts';
import { planJava } from '../specs/plan-java.ts';
import { planYaml } from '../specs/plan-yaml.ts';
import { sendJson, sendRestError } from './answers.ts';
import { userOf } from './guard.ts';
import { oldPage } from './paging.ts';

/** Plans and their branches. */
export function planResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const { rows, head } = oldPage(context, request, visiblePlans(context));
    sendJson(response, { plans: { ...head, plan: rows.map((plan) => planRow(context, plan)) }, expand: 'plans' });
  });
  router.get('/:key', (request, response) => {
    const plan = visiblePlan(context, request.params.key);
    if (plan === undefined) return sendRestError(context, response, 404, `Plan ${request.params.key} not found.`);
    sendJson(response, planRow(context, plan));
  });
  router.get('/:key/branch', (request, response) => {
    const plan = visiblePlan(context, request.params.key);
    if (plan === undefined) return sendRestError(context, response, 404, `Plan ${request.params.key} not found.`);
    const { rows, head } = oldPage(context, request, plan.branches);
    const branch = rows.map((one) => ({
      key: one.key,
      shortName: one.name,
      name: `${plan.name} - ${one.name}`,
      enabled: one.enabled,
      shortKey: one.key.split('-')[1],
    }));
    sendJson(response, { branches: { ...head, branch }, expand: 'branches' });
  });
  router.get('/:key/specs', (request, response) => sendSpecs(context, request, response, request.params.key));
  return router;
}

/** The plan as Specs, for those who administer it [P]. */
function sendSpecs(context: BambooContext, request: Request, response: Response, key: string): void {
  const plan = visiblePlan(context, key);
  if (plan === undefined) return sendRestError(context, response, 404, `Plan ${key} not found.`);
  const isAdministrator = plan.access === 'admin' && userOf(response).isAdministrator;
  if (!isAdministrator) return sendRestError(context, response, 403, `You need ADMIN permission for ${key}.`);
  const code = request.query.format === 'YAML' ? planYaml(context, plan) : planJava(context, plan);
  sendJson(response, { spec: { code } });
}

/** The plans that the caller may see; the others are as if they were not there [P]. */
export function visiblePlans(context: BambooContext): Plan[] {
  return [...context.model.plans.values()].filter((plan) => plan.access !== 'hidden');
}

function visiblePlan(context: BambooContext, key: string): Plan | undefined {
  return visiblePlans(context).find((plan) => plan.key === key);
}

/** A plan as every list shows it. */
export function planRow(context: BambooContext, plan: Plan): object {
  const project = context.model.projects.get(plan.project);
  return {
    key: plan.key,
    shortKey: plan.key.split('-')[1],
    shortName: plan.name,
    name: `${project?.name ?? plan.project} - ${plan.name}`,
    projectKey: plan.project,
    planKey: { key: plan.key },
    type: 'chain',
    enabled: plan.enabled,
    link: { href: `${baseUrl(context)}/rest/api/latest/plan/${plan.key}`, rel: 'self' },
  };
}
