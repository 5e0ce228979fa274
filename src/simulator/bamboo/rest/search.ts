import express, { type Request, type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { sendJson } from './answers.ts';
import { oldPage } from './paging.ts';
import { visiblePlans } from './plans.ts';

/** Searches for plans and branches by name. */
export function searchResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/plans', (request, response) => {
    const term = textIn(request, 'searchTerm').toLowerCase();
    const found = visiblePlans(context).filter((plan) => plan.name.toLowerCase().includes(term));
    const { rows, head } = oldPage(context, request, found);
    const searchResults = rows.map((plan) => ({ id: plan.key, type: 'chain', searchEntity: { key: plan.key, planName: plan.name, type: 'chain' } }));
    sendJson(response, { ...head, searchResults });
  });
  router.get('/branches', (request, response) => {
    const plan = context.model.plans.get(textIn(request, 'masterPlanKey'));
    const { rows, head } = oldPage(context, request, plan?.branches ?? []);
    const searchResults = rows.map((branch) => ({ id: branch.key, type: 'chain_branch', searchEntity: { key: branch.key, branchName: branch.name } }));
    sendJson(response, { ...head, searchResults });
  });
  return router;
}

function textIn(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}
