import express, { type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { sendRestError } from './answers.ts';
import { testConnection } from './connection-test.ts';
import { deleteCredential } from './delete-credential.ts';
import { exportResources } from './export.ts';
import { administratorsOnly, restGuard } from './guard.ts';
import { importResources } from './import.ts';
import { planResources } from './plans.ts';
import { projectResources } from './projects.ts';
import { queueResources } from './queue.ts';
import { repositoryResources } from './repositories.ts';
import { resultResources } from './results.ts';
import { searchResources } from './search.ts';
import { serverResources, statusResource } from './server.ts';

/** Everything under `/rest/api/latest`. */
export function restApi(context: BambooContext): Router {
  const router = express.Router();
  router.use(statusResource(context), restGuard(context), serverResources(context));
  router.put('/repository/testConnection', administratorsOnly(context), (request, response) => testConnection(context, request, response));
  router.use('/repository', administratorsOnly(context), repositoryResources(context));
  router.use(deleteCredential(context));
  router.use('/project', projectResources(context));
  router.use('/plan', planResources(context));
  router.use('/import', administratorsOnly(context), importResources(context));
  router.use('/export', administratorsOnly(context), exportResources(context));
  router.use('/queue', queueResources(context));
  router.use('/result', resultResources(context));
  router.use('/search', searchResources(context));
  router.use((_request, response) => sendRestError(context, response, 404, 'null for uri'));
  return router;
}
