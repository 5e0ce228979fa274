import express, { type RequestHandler, type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import { usernameOf } from '../credentials/credential-dump.ts';
import { credentialName, nameOf, type Project, type SharedCredential } from '../model.ts';
import { majorOf } from '../version.ts';
import { idIn, sendJson, sendRestError } from './answers.ts';
import { administratorsOnly } from './guard.ts';
import { newPage, oldPage } from './paging.ts';
import { planRow, visiblePlans } from './plans.ts';
import { sendProjectRepositories } from './repositories.ts';

/** Projects with their repositories and shared credentials. */
export function projectResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    const showEmpty = request.query.showEmpty === 'true' || request.query.showEmpty === '';
    const shown = [...context.model.projects.values()].filter((project) => showEmpty || project.plans.length > 0);
    const { rows, head } = oldPage(context, request, shown);
    sendJson(response, { projects: { ...head, project: rows.map((project) => projectRow(context, project)) }, expand: 'projects' });
  });
  router.get(
    '/:key',
    withProject(context, (project, request, response) => {
      const plans = visiblePlans(context).filter((plan) => plan.project === project.key);
      const { rows, head } = oldPage(context, request, plans);
      sendJson(response, { ...projectRow(context, project), plans: { ...head, plan: rows.map((plan) => planRow(context, plan)) } });
    }),
  );
  const administrators = administratorsOnly(context);
  router.get(
    '/:key/repositories',
    administrators,
    since8(context),
    withProject(context, (project, request, response) => sendProjectRepositories(context, request, response, project)),
  );
  router.get(
    '/:key/repository',
    administrators,
    withProject(context, (_project, _request, response) => sendJson(response, allowedLinked(context))),
  );
  router.get(
    '/:key/sharedCredentials',
    administrators,
    withProject(context, (project, request, response) => sendJson(response, newPage(context, request, credentialRows(context, project)))),
  );
  return router;
}

/** The project's own repositories are told since 8.0 [P]. */
function since8(context: BambooContext): RequestHandler {
  return (_request, response, next) => (majorOf(context.version) >= 8 ? next() : sendRestError(context, response, 404, 'Not found.'));
}

type ProjectHandler = (project: Project, request: Parameters<RequestHandler>[0], response: Parameters<RequestHandler>[1]) => void;

function withProject(context: BambooContext, handler: ProjectHandler): RequestHandler<{ key: string }> {
  return (request, response) => {
    const project = context.model.projects.get(request.params.key);
    if (project === undefined) return sendRestError(context, response, 404, `Project ${request.params.key} not found.`);
    handler(project, request as unknown as Parameters<RequestHandler>[0], response);
  };
}

function projectRow(context: BambooContext, project: Project): object {
  const href = `${baseUrl(context)}/rest/api/latest/project/${project.key}`;
  return { key: project.key, name: project.name, description: project.description, link: { href, rel: 'self' } };
}

/** Not the project's own: linked repositories whose Specs may create plans here, as a bare array [P]. */
function allowedLinked(context: BambooContext): object[] {
  const [first] = context.model.linked;
  const repository = first === undefined ? undefined : context.model.repositories.get(first);
  return repository === undefined ? [] : [{ id: idIn(context, repository.id), name: nameOf(repository) }];
}

function credentialRows(context: BambooContext, project: Project): object[] {
  const own = [...context.model.credentials.values()].filter((credential) => credential.project === project.key);
  return own.map((credential) => ({
    id: idIn(context, credential.id),
    name: credentialName(credential),
    projectKey: project.key,
    attributes: attributesOf(context, credential),
  }));
}

/** Whether a user name stands here, and under which name, is not known: a trait decides. A secret never does. */
function attributesOf(context: BambooContext, credential: SharedCredential): object {
  const isTold = context.traits.credentialAttributes === 'username' && credential.kind === 'username-password';
  return isTold ? { username: usernameOf(context.traits, credential) } : {};
}
