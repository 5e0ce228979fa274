import express, { type Router } from 'express';
import { type BambooContext, linkTo } from '../context.ts';
import { applyPosted } from '../forms/apply-posted.ts';
import type { PostedForm } from '../forms/posted-form.ts';
import { incomingOf, parameter } from '../incoming.ts';
import { branchAt, nameOf, type Plan, type PlanBranch, type Repository, repositoriesOf } from '../model.ts';
import { overrideRepository } from '../seed/branches.ts';
import { editForm, type FormSubject, OVERRIDE } from './edit-form.ts';
import { systemErrorPage } from './error-pages.ts';
import { forAdministrators } from './guard.ts';
import { type PageScene, sendError, sendPage } from './layout.ts';
import { BRANCH_LEVEL } from './levels.ts';
import { listMarkup } from './list-pages.ts';
import { answerSaved, redirectTo } from './save-answers.ts';
import { checkedState, savedResult } from './save-form.ts';
import { storeInto } from './store.ts';

/** One repository on a branch's page: the branch's own, or the plan's that it inherits. */
interface Entry {
  readonly plan: Plan;
  readonly branch: PlanBranch;
  readonly original: Repository;
  readonly shown: Repository;
}

/** The repositories of a plan branch: one form straight away, or a list and its forms. */
export function branchPages(context: BambooContext): Router {
  const router = express.Router();
  router.get(BRANCH_LEVEL.editPath, forAdministrators(context, show));
  router.post(`${BRANCH_LEVEL.namespace}/${BRANCH_LEVEL.saveName}.action`, forAdministrators(context, save));
  return router;
}

function show(scene: PageScene): void {
  const entries = entriesOf(scene);
  if (entries === null) return sendError(scene, 'The plan branch cannot be found.');
  const id = parameter(scene.request, scene.response, 'repositoryId');
  if (id === '' && scene.context.traits.branchPage !== 'form') return sendList(scene, entries);
  const entry = entryAt(scene, entries, id);
  if (entry === null) return sendError(scene, 'The repository cannot be found.');
  sendForm(scene, entry);
}

/** Every repository of the plan as this branch sees it; `null` for a key that is no branch's. */
function entriesOf({ context, request, response }: PageScene): Entry[] | null {
  const found = branchAt(context.model, parameter(request, response, 'planKey'));
  if (found === null || found.plan.access !== 'admin') return null;
  const { repositories } = context.model;
  return repositoriesOf(found.plan).flatMap((id) => {
    const original = repositories.get(id);
    if (original === undefined) return [];
    return [{ ...found, original, shown: repositories.get(found.branch.overrides.get(id) ?? '') ?? original }];
  });
}

/** The one form of 5.8 shows the default repository alone; later forms are asked for by id. */
function entryAt({ context }: PageScene, entries: readonly Entry[], id: string): Entry | null {
  const offered = context.traits.branchPage === 'form' ? entries.slice(0, 1) : entries;
  const isFirst = context.traits.branchPage === 'form' && id === '';
  return (isFirst ? offered[0] : offered.find((entry) => entry.shown.id === id)) ?? null;
}

function sendList(scene: PageScene, entries: readonly Entry[]): void {
  const key = parameter(scene.request, scene.response, 'planKey');
  const href = (id: string): string => linkTo(scene.context, `${BRANCH_LEVEL.editPath}?planKey=${key}&repositoryId=${id}`);
  const items = entries.map(({ shown }) => ({ id: shown.id, name: nameOf(shown), href: href(shown.id) }));
  sendPage(scene, { title: 'Repositories of the branch', body: listMarkup('Repositories', items, href('{id}'), true) });
}

function subjectOf({ branch, shown, original }: Entry): FormSubject {
  const isInherited = shown === original;
  return { level: BRANCH_LEVEL, owner: branch.key, repository: shown, isOnlyUsed: isInherited && original.owner.kind !== 'plan' };
}

function sendForm(scene: PageScene, entry: Entry): void {
  const body = `<h2>Branch repository</h2>${editForm(scene, subjectOf(entry))}`;
  sendPage(scene, { title: `Edit ${nameOf(entry.shown)}`, body });
}

function save(scene: PageScene): void {
  const incoming = incomingOf(scene.response);
  if (incoming.kind !== 'form' || !incoming.isMultipart) {
    scene.response.status(500).type('html').send(systemErrorPage(incoming));
    return;
  }
  const entries = entriesOf(scene);
  const entry = entries === null ? null : entryAt(scene, entries, parameter(scene.request, scene.response, 'repositoryId'));
  if (entry === null) return sendError(scene, 'The repository cannot be found.');
  const saved = carryOut(scene, entry, incoming.form);
  if (saved === null) return;
  const page = `${BRANCH_LEVEL.listPath(entry.branch.key)}&saved=true`;
  if (scene.context.traits.branchPage === 'form') return redirectTo(scene, page);
  answerSaved(scene, savedResult(scene, saved), page);
}

/** Saving what was inherited makes it the branch's own, whatever the box says; taking the box away gives it back to the plan. */
function carryOut(scene: PageScene, entry: Entry, posted: PostedForm): Repository | null {
  const { plan, branch, original, shown } = entry;
  const { model } = scene.context;
  if (shown !== original && isBoxTakenAway(posted)) {
    branch.overrides.delete(original.id);
    model.repositories.delete(shown.id);
    return original;
  }
  const subject = subjectOf(entry);
  const state = subject.isOnlyUsed ? applyPosted([], posted, shown) : checkedState(scene, subject, posted);
  if (state === null) return null;
  const target = shown === original ? overrideRepository(model, plan, branch, original) : shown;
  storeInto(scene, target, state);
  return target;
}

function isBoxTakenAway(posted: PostedForm): boolean {
  return posted.all('checkBoxFields').includes(OVERRIDE) && !posted.all(OVERRIDE).includes('true');
}
