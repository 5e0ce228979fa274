import express, { type RequestHandler, type Response, type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import { incomingOf } from '../incoming.ts';
import type { Repository } from '../model.ts';
import { importCredential } from '../specs/import-credentials.ts';
import { ImportRefused } from '../specs/import-refused.ts';
import { readRepository } from '../specs/import-repository.ts';
import { readSpecDocument } from '../specs/spec-document.ts';
import { jsonText, sendJson, sendRestError } from './answers.ts';

/** The import of Atlassian's own publisher [A]: full replacement, answered with the entity's URL. */
export function importResources(context: BambooContext): Router {
  const router = express.Router();
  router.post(
    '/repository',
    documents(context, (text, response) => {
      const document = readSpecDocument(text);
      if (document.kind === 'refused') throw new ImportRefused(document.why);
      return repositoryUrl(context, readRepository(context, document.entity).store({ context, response }));
    }),
  );
  router.post(
    '/sharedCredentials',
    documents(context, (text) => {
      const result = importCredential(context, text);
      if (typeof result === 'string') throw new ImportRefused(result);
      return `${baseUrl(context)}/admin/editSharedCredentials.action?credentialsId=${result.id}`;
    }),
  );
  return router;
}

/** Carries out an import that gives a URL; what it refuses is answered with the keys that the publisher reads [A]. */
function documents(context: BambooContext, carryOut: (text: string, response: Response) => string): RequestHandler {
  return (_request, response) => {
    const incoming = incomingOf(response);
    if (incoming.kind !== 'yaml') return sendRestError(context, response, 415, 'A document of the type application/x-yaml is expected.');
    try {
      sendUrl(context, response, carryOut(incoming.text, response));
    } catch (problem) {
      if (!(problem instanceof ImportRefused)) throw problem;
      sendJson(response, { errors: [problem.message], fieldErrors: {} }, 400);
    }
  };
}

function sendUrl({ traits }: BambooContext, response: Response, url: string): void {
  const isQuoted = traits.importAnswer === 'quoted';
  response
    .status(200)
    .type(isQuoted ? 'json' : 'text')
    .send(isQuoted ? jsonText(url) : url);
}

function repositoryUrl(context: BambooContext, { id, owner }: Repository): string {
  const page = owner.kind === 'project' ? `/project/editProjectRepository.action?projectKey=${owner.project}&` : '/admin/editLinkedRepository.action?';
  return `${baseUrl(context)}${page}repositoryId=${id}`;
}
