import { linkTo } from '../context.ts';
import { HEAD_CONTROLS } from '../forms/common-controls.ts';
import type { Control } from '../forms/controls.ts';
import { controlId, escapeHtml, tag } from '../forms/markup.ts';
import { type FormView, renderControl } from '../forms/render-control.ts';
import { nameOf, type Repository } from '../model.ts';
import { REPOSITORY_TYPES } from '../repository-types.ts';
import { errorBox, type PageScene } from './layout.ts';
import type { FormLevel } from './levels.ts';

/** What one edit form is about. */
export interface FormSubject {
  readonly level: FormLevel;
  readonly owner: string;
  readonly repository: Repository;
  /** True on a plan's page for a repository that the plan only uses. */
  readonly isOnlyUsed: boolean;
}

/** What was refused, to be shown again. */
export interface Refused {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: ReadonlyMap<string, string>;
}

/** The markup of an edit form, with a form beside it that must not be taken for it. */
export function editForm(scene: PageScene, subject: FormSubject, refused?: Refused): string {
  const { context, session } = scene;
  const view = viewOf(scene, subject, refused);
  const controls = subject.isOnlyUsed ? HEAD_CONTROLS : context.definitions[subject.repository.kind];
  const attributes = {
    id: view.formId,
    name: view.formId,
    class: 'aui long-label',
    action: actionOf(scene, subject.level),
    method: 'post',
    enctype: 'multipart/form-data',
  };
  const order = context.traits.order;
  return [
    otherForm(scene, subject),
    `${tag('form', attributes, order)}${submitButton(view.formId, '_defaultSave', 'assistive')}`,
    [...view.errors.values()].length > 0 ? errorBox('There were problems with what you entered.') : '',
    order === 'usual' ? identity(scene, subject, view) : '',
    controls.map((control: Control) => renderControl(view, control)).join(''),
    order === 'turned' ? identity(scene, subject, view) : '',
    `<div class="buttons-container">${submitButton(view.formId, '_save', 'aui-button')}${tag('a', { class: 'cancel', href: linkTo(context, subject.level.listPath(subject.owner)) })}Cancel</a></div>`,
    `${tag('input', { type: 'hidden', name: 'atl_token', value: session.xsrfToken })}</form>`,
  ].join('\n');
}

function viewOf(scene: PageScene, subject: FormSubject, refused: Refused | undefined): FormView {
  const { traits, switches, model } = scene.context;
  return {
    formId: traits.formIdPrefix + subject.level.saveName,
    values: { ...(refused?.values ?? subject.repository.settings), selectedRepository: REPOSITORY_TYPES[subject.repository.kind].moduleKey },
    isStored: (setting) => (subject.repository.secrets[setting] ?? '') !== '',
    credentialName: (id) => model.credentials.get(id)?.name ?? id,
    errors: refused?.errors ?? new Map(),
    traits,
    repositoryList: switches.repositoryList,
  };
}

function actionOf(scene: PageScene, level: FormLevel): string {
  return linkTo(scene.context, `${level.namespace}/${level.saveName}.action`);
}

function submitButton(formId: string, suffix: string, className: string): string {
  return tag('input', { type: 'submit', name: 'save', value: 'Save repository', id: formId + suffix, class: className });
}

/** The hidden fields and the type: on a plan's page always a select, where a number stands for a repository that is only used [D]. */
function identity(scene: PageScene, subject: FormSubject, view: FormView): string {
  const { level, owner, repository } = subject;
  const hidden = (name: string, value: string): string => tag('input', { type: 'hidden', name, value, id: controlId(view.formId, name) }, view.traits.order);
  const parts = [hidden('repositoryId', repository.id)];
  if (level.ownerParameter !== null) parts.push(hidden(level.ownerParameter, owner));
  const type = REPOSITORY_TYPES[repository.kind];
  if (level.level !== 'plan' && scene.context.traits.typeControl === 'hidden') return [...parts, hidden('selectedRepository', type.moduleKey)].join('');
  const chosen = subject.isOnlyUsed ? { value: repository.id, label: nameOf(repository) } : { value: type.moduleKey, label: type.display };
  const option = `${tag('option', { value: chosen.value, selected: 'selected' })}${escapeHtml(chosen.label)}</option>`;
  const select = `<select name="selectedRepository" id="selectedRepository">${option}</select><input type="hidden" name="selectFields" value="selectedRepository"/>`;
  return [...parts, select].join('');
}

/** A page holds several forms; this one names the repository too, but no type. */
function otherForm(scene: PageScene, subject: FormSubject): string {
  const form = tag('form', { class: 'aui', action: linkTo(scene.context, '/admin/rescanRepository.action'), method: 'post' });
  return `${form}<input type="hidden" name="repositoryId" value="${subject.repository.id}"/><button type="submit">Check for changes</button></form>`;
}
