import express, { type Router } from 'express';
import type { Build } from '../builds/builds.ts';
import { buildableAt, checkoutsOf } from '../builds/checkouts.ts';
import { type BambooContext, baseUrl } from '../context.ts';
import { sendJson, sendRestError } from './answers.ts';
import { userOf } from './guard.ts';

/** What waits, and the way to queue a build [P/T]. */
export function queueResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/', (_request, response) => {
    const queuedBuild = context.builds.waiting().map((build) => queuedRow(context, build));
    sendJson(response, { queuedBuilds: { size: queuedBuild.length, 'start-index': 0, 'max-result': queuedBuild.length, queuedBuild }, expand: 'queuedBuilds' });
  });
  router.post('/:key', (request, response) => {
    const { key } = request.params;
    const target = buildableAt(context, key);
    if (target === null || target.plan.access === 'hidden') return sendRestError(context, response, 404, `Plan ${key} not found.`);
    const mayBuild = userOf(response).isAdministrator && target.plan.access === 'admin';
    if (!mayBuild) return sendRestError(context, response, 403, `You need BUILD permission for ${key}.`);
    const isEnabled = target.plan.enabled && (target.branch?.enabled ?? true);
    if (!isEnabled) return sendRestError(context, response, 400, `The plan ${key} is disabled.`);
    sendJson(response, { ...queuedRow(context, context.builds.queue(key, checkoutsOf(context, target))), triggerReason: 'Manual build' });
  });
  return router;
}

function queuedRow(context: BambooContext, build: Build): object {
  const buildResultKey = `${build.key}-${build.number}`;
  const link = { href: `${baseUrl(context)}/rest/api/latest/result/${buildResultKey}`, rel: 'self' };
  return { planKey: build.key, buildNumber: build.number, buildResultKey, link };
}
