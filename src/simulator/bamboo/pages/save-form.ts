import { applyPosted, type PostedState } from '../forms/apply-posted.ts';
import type { PostedForm } from '../forms/posted-form.ts';
import { validate } from '../forms/validate.ts';
import { nameOf, type Repository } from '../model.ts';
import { idIn } from '../rest/answers.ts';
import { controlsOf, editForm, type FormSubject } from './edit-form.ts';
import type { PageScene } from './layout.ts';
import { answerRefused, answerSaved } from './save-answers.ts';
import { storeRepository } from './store.ts';

/** Saves a posted form over its repository and answers as Bamboo does. */
export function saveForm(scene: PageScene, subject: FormSubject, posted: PostedForm): void {
  if (subject.isOnlyUsed) return answer(scene, subject, subject.repository);
  const state = checkedState(scene, subject, posted);
  if (state !== null) answer(scene, subject, storeRepository(scene, subject.repository, state));
}

/** The state that the form would leave; `null` where it was refused, and answered so. */
export function checkedState(scene: PageScene, subject: FormSubject, posted: PostedForm): PostedState | null {
  const { context } = scene;
  const controls = controlsOf(scene, subject);
  const state = applyPosted(controls, posted, subject.repository);
  const errors = validate({ model: context.model, traits: context.traits, controls }, subject.repository, posted, state);
  if (errors.size === 0) return state;
  answerRefused(scene, { title: 'Edit repository', body: editForm(scene, subject, { values: state.settings, errors }) }, errors);
  return null;
}

function answer(scene: PageScene, subject: FormSubject, saved: Repository): void {
  const list = subject.level.listPath(subject.owner);
  const page = `${list}${list.includes('?') ? '&' : '?'}saved=true&repositoryId=${saved.id}`;
  answerSaved(scene, savedResult(scene, saved), page);
}

/** The JSON that names what was saved. */
export function savedResult(scene: PageScene, saved: Repository): object {
  return { status: 'OK', repositoryResult: { id: idIn(scene.context, saved.id), name: nameOf(saved) } };
}
