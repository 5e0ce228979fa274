import express, { type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { repositoryDocument } from '../specs/export-repository.ts';
import { sendJson, sendRestError } from './answers.ts';

/** Exports write a repository's document into the server's home and answer with its path there [T]. */
export function exportResources(context: BambooContext): Router {
  const router = express.Router();
  router.post('/repository/id/:id', (request, response) => {
    const repository = context.model.repositories.get(request.params.id);
    if (repository === undefined || (repository.owner.kind !== 'global' && repository.owner.kind !== 'project')) {
      return sendRestError(context, response, 404, `No repository with id ${request.params.id} found.`);
    }
    sendJson(response, [context.home.writeExport(repository.oid, repositoryDocument(context, repository))]);
  });
  return router;
}
