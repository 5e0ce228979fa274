import express, { type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { incomingOf, parameter } from '../incoming.ts';
import { nameOf } from '../model.ts';
import { editForm, type FormSubject } from './edit-form.ts';
import { systemErrorPage } from './error-pages.ts';
import { forAdministrators, sendNoPermissionPage } from './guard.ts';
import { type PageScene, sendError, sendPage } from './layout.ts';
import { FORM_LEVELS, type FormLevel, repositoryAt } from './levels.ts';
import { saveForm } from './save-form.ts';

/** The edit forms of linked, project and plan repositories, and where they are saved. */
export function formPages(context: BambooContext): Router {
  const router = express.Router();
  for (const level of FORM_LEVELS) {
    router.get(
      level.editPath,
      forAdministrators(context, (scene) => show(scene, level)),
    );
    router.post(
      `${level.namespace}/${level.saveName}.action`,
      forAdministrators(context, (scene) => save(scene, level)),
    );
  }
  return router;
}

function show(scene: PageScene, level: FormLevel): void {
  const subject = subjectOf(scene, level);
  if (subject === null) return sendError(scene, 'The repository cannot be found.');
  if (isOnlyToBeSeen(scene, subject)) return sendNoPermissionPage(scene);
  sendPage(scene, { title: `Edit ${nameOf(subject.repository)}`, body: `<h2>Edit repository</h2>${editForm(scene, subject)}` });
}

function save(scene: PageScene, level: FormLevel): void {
  const incoming = incomingOf(scene.response);
  if (incoming.kind !== 'form' || !incoming.isMultipart) {
    scene.response.status(500).type('html').send(systemErrorPage(incoming));
    return;
  }
  const subject = subjectOf(scene, level);
  if (subject === null) return sendError(scene, 'The repository cannot be found.');
  if (isOnlyToBeSeen(scene, subject)) return sendNoPermissionPage(scene);
  saveForm(scene, subject, incoming.form);
}

/** A plan that one may not administer keeps its repositories to itself. */
function isOnlyToBeSeen({ context }: PageScene, { level, owner }: FormSubject): boolean {
  return level.level === 'plan' && context.model.plans.get(owner)?.access !== 'admin';
}

function subjectOf(scene: PageScene, level: FormLevel): FormSubject | null {
  const { context, request, response } = scene;
  const owner = level.ownerParameter === null ? '' : parameter(request, response, level.ownerParameter);
  const repository = repositoryAt(context, level, parameter(request, response, 'repositoryId'), owner);
  return repository === null ? null : { level, owner, repository, isOnlyUsed: repository.owner.kind !== level.level };
}
