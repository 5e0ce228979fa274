import express, { type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { removeCredential } from '../credentials/edit-credential.ts';
import { sendRestError } from './answers.ts';
import { administratorsOnly } from './guard.ts';

/** `DELETE` of a project's shared credential [P]; none is documented for one of the whole server. */
export function deleteCredential(context: BambooContext): Router {
  const router = express.Router();
  router.delete('/project/:key/sharedCredentials/:id', administratorsOnly(context), (request, response) => {
    const id = String(request.params.id);
    if (context.model.credentials.get(id)?.project !== request.params.key) {
      return sendRestError(context, response, 404, `Shared credentials ${id} not found.`);
    }
    if (context.switches.deletions === 'done') removeCredential(context.model, id);
    response.status(204).end();
  });
  return router;
}
