import express, { type Router } from 'express';
import { type BambooContext, linkTo } from '../context.ts';
import { parameter } from '../incoming.ts';
import { type Repository, siblingsOf } from '../model.ts';
import { forAdministrators } from './guard.ts';
import { type PageScene, sendError } from './layout.ts';
import { FORM_LEVELS, type FormLevel, repositoryAt } from './levels.ts';

/** The deletions that a third-party client uses [T], by the level of the repository. */
const PATHS: Readonly<Record<string, string>> = { global: '/admin/deleteLinkedRepository.action', project: '/project/deleteProjectRepository.action' };

/** Deletes linked and project repositories, and leads to the list that held them. */
export function deletionPages(context: BambooContext): Router {
  const router = express.Router();
  for (const level of FORM_LEVELS) {
    const path = PATHS[level.level];
    if (path !== undefined)
      router.post(
        path,
        forAdministrators(context, (scene) => deleteRepository(scene, level)),
      );
  }
  return router;
}

/** A login form looks the same as success to who does not follow: the deletion is not believed [T]. */
function deleteRepository(scene: PageScene, level: FormLevel): void {
  const { context, request, response } = scene;
  const owner = level.ownerParameter === null ? '' : parameter(request, response, level.ownerParameter);
  const repository = repositoryAt(context, level, parameter(request, response, 'repositoryId'), owner);
  if (repository === null) return sendError(scene, 'The repository cannot be found.');
  if (context.switches.deletions === 'login-form') return response.redirect(302, linkTo(context, `/${context.traits.loginRedirect}?os_destination=%2F`));
  // A repository in use stays: what Bamboo does then is not known.
  if (isInUse(repository)) return sendError(scene, 'The repository is used by plans or deployment environments.');
  if (context.switches.deletions === 'done') removeRepository(context, repository);
  response.redirect(302, linkTo(context, level.listPath(owner)));
}

function isInUse({ usedByPlans, environments }: Repository): boolean {
  return usedByPlans.length > 0 || environments.length > 0;
}

function removeRepository({ model }: BambooContext, { id, owner }: Repository): void {
  model.repositories.delete(id);
  const siblings = siblingsOf(model, owner) as string[];
  siblings.splice(siblings.indexOf(id), 1);
}
