import express, { type Request, type Response, type Router } from 'express';
import { type BambooContext, baseUrl } from '../context.ts';
import { nameOf, type Repository } from '../model.ts';
import { REPOSITORY_TYPES } from '../repository-types.ts';
import { idIn, numberIn, sendJson, sendRestError } from './answers.ts';
import { newPage, oldPage } from './paging.ts';

/** Linked repositories, and where a repository is used. */
export function repositoryResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/', (request, response) => sendLinked(context, request, response));
  router.get('/:id/usage', (request, response) => sendUsage(context, request, response, request.params.id));
  return router;
}

/** The new-style page of a project's own repositories. */
export function sendProjectRepositories(context: BambooContext, request: Request, response: Response, project: { own: readonly string[] }): void {
  const filter = typeof request.query.filter === 'string' ? request.query.filter.toLowerCase() : '';
  const own = existing(context, project.own).filter((repository) => nameOf(repository).toLowerCase().includes(filter));
  sendJson(
    response,
    newPage(
      context,
      request,
      own.map((repository) => projectRow(context, repository)),
    ),
  );
}

function sendLinked(context: BambooContext, request: Request, response: Response): void {
  const term = typeof request.query.searchTerm === 'string' ? request.query.searchTerm.toLowerCase() : '';
  const linked = existing(context, context.model.linked).filter((repository) => nameOf(repository).toLowerCase().includes(term));
  const page = oldPage(context, request, linked);
  const { size, ...rest } = page.head;
  sendJson(response, { size, searchResults: page.rows.map((repository) => linkedRow(context, repository)), ...rest });
}

/** No type and no credential stand here [P]. */
function linkedRow(context: BambooContext, repository: Repository): object {
  const url = `${baseUrl(context)}/admin/editLinkedRepository.action?repositoryId=${repository.id}`;
  return { id: idIn(context, repository.id), name: nameOf(repository), url, rssEnabled: false };
}

function projectRow(context: BambooContext, repository: Repository): object {
  const type = REPOSITORY_TYPES[repository.kind];
  const location = repository.settings['repository.bitbucket.repository'] ?? repository.settings['repository.git.repositoryUrl'] ?? '';
  return {
    id: idIn(context, repository.id),
    name: nameOf(repository),
    url: `${baseUrl(context)}/project/editProjectRepository.action?repositoryId=${repository.id}`,
    location,
    icon: 'repository-icon',
    type: context.traits.typeText === 'display' ? type.display : type.moduleKey,
    admin: true,
  };
}

function existing(context: BambooContext, ids: readonly string[]): Repository[] {
  return ids.map((id) => context.model.repositories.get(id)).filter((repository) => repository !== undefined);
}

/** Linked and project repositories only; 20 plans and 20 environments unless more are asked for [P]. */
function sendUsage(context: BambooContext, request: Request, response: Response, id: string): void {
  const repository = context.model.repositories.get(id);
  if (repository === undefined || (repository.owner.kind !== 'global' && repository.owner.kind !== 'project')) {
    return sendRestError(context, response, 404, `No repository with id ${id} found.`);
  }
  const visible = repository.usedByPlans.filter((key) => context.model.plans.get(key)?.access !== 'hidden');
  const plans = visible.slice(0, numberIn(request, 'maxPlans', 20));
  const environments = repository.environments.slice(0, numberIn(request, 'maxEnvironments', 20));
  sendJson(response, {
    plans: plans.map((key) => ({ planKey: key, buildKey: key.split('-')[1], name: context.model.plans.get(key)?.name })),
    totalPlans: repository.usedByPlans.length,
    inaccessiblePlansCount: repository.usedByPlans.length - visible.length,
    environments,
    totalEnvironments: repository.environments.length,
    inaccessibleEnvironmentsCount: 0,
  });
}
