import { baseUrl } from '../context.ts';
import { faultOf } from '../faults/meet-faults.ts';
import { applyPosted, type PostedState } from '../forms/apply-posted.ts';
import { escapeHtml } from '../forms/markup.ts';
import type { PostedForm } from '../forms/posted-form.ts';
import { validate } from '../forms/validate.ts';
import { parameter } from '../incoming.ts';
import { type BambooModel, NAME_SETTING, nameOf, type Repository, siblingsOf } from '../model.ts';
import { idIn, jsonText } from '../rest/answers.ts';
import { editForm, type FormSubject } from './edit-form.ts';
import { type PageScene, sendPage } from './layout.ts';

/** Saves a posted form over its repository and answers as Bamboo does. */
export function saveForm(scene: PageScene, subject: FormSubject, posted: PostedForm): void {
  const { context } = scene;
  const controls = context.definitions[subject.repository.kind];
  if (subject.isOnlyUsed) return answerSaved(scene, subject, subject.repository);
  const state = applyPosted(controls, posted, subject.repository);
  const errors = validate({ model: context.model, traits: context.traits, controls }, subject.repository, posted, state);
  if (errors.size > 0) return answerRefused(scene, subject, { values: state.settings, errors });
  answerSaved(scene, subject, store(scene, subject.repository, state));
}

/** Stores the new state, or what a fault makes of it, and gives the repository that the answer will name. */
function store(scene: PageScene, repository: Repository, state: PostedState): Repository {
  const fault = faultOf(scene.response);
  if (fault?.kind === 'save-ignored') return repository;
  if (fault?.kind === 'save-creates-second') return addSecond(scene.context.model, repository, state);
  repository.settings = state.settings;
  repository.secrets = state.secrets;
  if (fault?.kind === 'save-resets-setting' && fault.setting !== undefined) repository.settings = { ...state.settings, [fault.setting]: '' };
  return repository;
}

function addSecond(model: BambooModel, original: Repository, state: PostedState): Repository {
  const id = String(model.nextId);
  model.nextId += 1n;
  const settings = { ...state.settings, [NAME_SETTING]: `${state.settings[NAME_SETTING]} (2)` };
  const second: Repository = { ...original, id, oid: `${original.oid}2`, settings, secrets: state.secrets, usedByPlans: [], environments: [] };
  model.repositories.set(id, second);
  (siblingsOf(model, original.owner) as string[]).push(id);
  return second;
}

function answerSaved(scene: PageScene, subject: FormSubject, saved: Repository): void {
  const { context, request, response } = scene;
  const mode = parameter(request, response, 'bamboo.successReturnMode');
  if (mode !== 'json' && mode !== 'json-as-html') {
    const list = subject.level.listPath(subject.owner);
    return response.redirect(302, `${baseUrl(context)}${list}${list.includes('?') ? '&' : '?'}saved=true&repositoryId=${saved.id}`);
  }
  answerJson(scene, mode, { status: 'OK', repositoryResult: { id: idIn(context, saved.id), name: nameOf(saved) } });
}

/** Bamboo's own script asks for `json-as-html` with multipart: the JSON then sits in a lone textarea [D]. */
function answerJson(scene: PageScene, mode: string, body: object): void {
  const json = jsonText(body);
  if (mode === 'json' && scene.context.traits.saveAnswer === 'as-asked') scene.response.type('application/json').send(json);
  else scene.response.type('html').send(`<textarea>${escapeHtml(json)}</textarea>`);
}

/** A refused save is the form again, with status 200, or JSON that names the fields [D]. */
function answerRefused(scene: PageScene, subject: FormSubject, refused: { values: Record<string, string>; errors: ReadonlyMap<string, string> }): void {
  const mode = parameter(scene.request, scene.response, 'bamboo.successReturnMode');
  if (scene.context.traits.validationAnswer === 'form' || mode === '') {
    return sendPage(scene, { title: 'Edit repository', body: editForm(scene, subject, refused) });
  }
  const fieldErrors = Object.fromEntries([...refused.errors].map(([name, text]) => [name, [text]]));
  answerJson(scene, mode, { status: 'ERROR', fieldErrors, errors: ['There were problems with what you entered.'] });
}
