import express, { type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import { incomingOf } from '../incoming.ts';
import { importCredential } from '../specs/import-credentials.ts';
import { jsonText, sendJson, sendRestError } from './answers.ts';

/** The import of Atlassian's own publisher, for shared credentials [A]: full replacement, answered with the entity's URL. */
export function importResources(context: BambooContext): Router {
  const router = express.Router();
  router.post('/sharedCredentials', (_request, response) => {
    const incoming = incomingOf(response);
    if (incoming.kind !== 'yaml') return sendRestError(context, response, 415, 'A document of the type application/x-yaml is expected.');
    const result = importCredential(context, incoming.text);
    if (typeof result === 'string') return sendJson(response, { errors: [result], fieldErrors: {} }, 400);
    const url = `${baseUrl(context)}/admin/editSharedCredentials.action?credentialsId=${result.id}`;
    const isQuoted = context.traits.importAnswer === 'quoted';
    response
      .status(200)
      .type(isQuoted ? 'json' : 'text')
      .send(isQuoted ? jsonText(url) : url);
  });
  return router;
}
