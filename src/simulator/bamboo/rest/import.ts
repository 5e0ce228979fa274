import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import { incomingOf } from '../incoming.ts';
import type { Repository } from '../model.ts';
import type { StoringScene } from '../pages/store.ts';
import { importCredential } from '../specs/import-credentials.ts';
import { importPlan } from '../specs/import-plan.ts';
import { importProject } from '../specs/import-project.ts';
import { ImportRefused } from '../specs/import-refused.ts';
import { readRepository } from '../specs/import-repository.ts';
import { Oid } from '../specs/spec-fields.ts';
import type { SpecMap } from '../specs/spec-value.ts';
import { jsonText, sendJson, sendRestError } from './answers.ts';
import { type ImportNotice, tellImport } from './import-notice.ts';

/** What an import does with a document's entity; it gives the path of the page that shows the result. */
type CarryOut = (scene: StoringScene, entity: SpecMap) => string;

/** Paths that the publisher knows and whose content the simulator holds nowhere: such documents are read and let pass. */
const LET_PASS = ['/plan/permission', '/project/permissions', '/deployment', '/deployment/permission', '/deployment/environment/permission'] as const;

const IMPORTS: Readonly<Record<string, CarryOut>> = {
  '/repository': (scene, entity) => repositoryPage(readRepository(scene.context, entity).store(scene)),
  '/sharedCredentials': (scene, entity) => `/admin/editSharedCredentials.action?credentialsId=${importCredential(scene, entity).id}`,
  '/project': (scene, entity) => `/browse/${importProject(scene, entity).key}`,
  '/plan': (scene, entity) => `/browse/${importPlan(scene, entity).key}`,
  ...Object.fromEntries(LET_PASS.map((path) => [path, () => '/allPlans.action'])),
};

/** The import of Atlassian's own publisher [A]: full replacement, answered with the entity's URL. */
export function importResources(context: BambooContext): Router {
  const router = express.Router();
  for (const [path, carryOut] of Object.entries(IMPORTS)) router.post(path, importWith(context, carryOut));
  return router;
}

/** What is refused is answered with the keys that the publisher reads [A]. */
function importWith(context: BambooContext, carryOut: CarryOut): RequestHandler {
  return (request, response) => {
    const incoming = incomingOf(response);
    if (incoming.kind !== 'yaml') return sendRestError(context, response, 415, 'A document of the type application/x-yaml is expected.');
    const { document } = incoming;
    try {
      if (document.kind === 'refused') throw new ImportRefused(document.why);
      sendUrl(context, response, baseUrl(context) + carryOut({ context, response }, document.entity));
    } catch (problem) {
      if (!(problem instanceof ImportRefused)) throw problem;
      sendJson(response, { errors: [problem.message], fieldErrors: {} }, 400);
    }
    tellImport(() => ({ ...noticeOf(request, response, incoming.text), ...(document.kind === 'entity' ? lastExport(context, document.entity) : {}) }));
  };
}

function noticeOf({ path, headers }: Request, { statusCode }: Response, body: string): ImportNotice {
  return { path, body, sender: headers['user-agent'] ?? '', status: statusCode };
}

function lastExport({ home }: BambooContext, { oid }: SpecMap): Pick<ImportNotice, 'exported'> {
  const name = Oid.safeParse(oid).data ?? null;
  const exported = name === null ? undefined : home.lastExport(name);
  return exported === undefined ? {} : { exported };
}

/** Bare or as a JSON string [T]. */
function sendUrl({ traits }: BambooContext, response: Response, url: string): void {
  const isQuoted = traits.importAnswer === 'quoted';
  response
    .status(200)
    .type(isQuoted ? 'json' : 'text')
    .send(isQuoted ? jsonText(url) : url);
}

function repositoryPage({ id, owner }: Repository): string {
  const page = owner.kind === 'project' ? `/project/editProjectRepository.action?projectKey=${owner.project}&` : '/admin/editLinkedRepository.action?';
  return `${page}repositoryId=${id}`;
}
