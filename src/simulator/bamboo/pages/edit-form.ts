import { linkTo } from '../context.ts';
import { HEAD_CONTROLS } from '../forms/common-controls.ts';
import { type Control, checkbox, sectionOn } from '../forms/controls.ts';
import { controlId, escapeHtml, tag } from '../forms/markup.ts';
import { type FormView, renderControl } from '../forms/render-control.ts';
import { NAME_SETTING, nameOf, type Repository } from '../model.ts';
import { REPOSITORY_TYPES } from '../repository-types.ts';
import { formElement, type Refused, submitButton, viewOf } from './form-element.ts';
import type { PageScene } from './layout.ts';
import type { FormLevel } from './levels.ts';

/** What one edit form is about. */
export interface FormSubject {
  readonly level: FormLevel;
  readonly owner: string;
  readonly repository: Repository;
  /** True on a plan's or a branch's page for a repository that the plan only uses. */
  readonly isOnlyUsed: boolean;
}

/** The name of the box that gives a branch a repository of its own [D, 5.8]. */
export const OVERRIDE = 'overrideRepository';

/** The settings that a form shows. A branch's form carries the name hidden and has no description [D, 5.8]. */
export function controlsOf(scene: PageScene, subject: FormSubject): readonly Control[] {
  const isBranch = subject.level.level === 'branch';
  if (subject.isOnlyUsed) return isBranch ? [] : HEAD_CONTROLS;
  const all = scene.context.definitions[subject.repository.kind];
  return isBranch ? all.filter((control) => !HEAD_CONTROLS.includes(control)) : all;
}

/** The markup of an edit form, with a form beside it that must not be taken for it. */
export function editForm(scene: PageScene, subject: FormSubject, refused?: Refused): string {
  const { context } = scene;
  const { level, owner, repository } = subject;
  const values = { ...(refused?.values ?? repository.settings), selectedRepository: REPOSITORY_TYPES[repository.kind].moduleKey };
  const shown = level.level === 'branch' ? { ...values, [OVERRIDE]: String(repository.owner.kind === 'branch') } : values;
  const view = viewOf(scene, level.saveName, { values: shown, errors: refused?.errors ?? new Map() }, repository.secrets);
  const order = context.traits.order;
  const body = [
    order === 'usual' ? identity(scene, subject, view) : '',
    shownControls(scene, subject)
      .map((control) => renderControl(view, control))
      .join(''),
    order === 'turned' ? identity(scene, subject, view) : '',
    `<div class="buttons-container">${submitButton(view.formId, '_save', 'aui-button', 'Save repository')}${tag('a', { class: 'cancel', href: linkTo(context, level.listPath(owner)) })}Cancel</a></div>`,
  ];
  return `${otherForm(scene, subject)}\n${formElement(scene, view, `${level.namespace}/${level.saveName}.action`, body.join('\n'))}`;
}

/** On a branch's form everything stands in a section that depends on the box; a later form may do without the box [I]. */
function shownControls(scene: PageScene, subject: FormSubject): readonly Control[] {
  const controls = controlsOf(scene, subject);
  if (subject.level.level !== 'branch' || scene.context.traits.branchPage === 'list-without-checkbox') return controls;
  return [checkbox(OVERRIDE, 'Use a repository of its own'), sectionOn(OVERRIDE, 'true', controls)];
}

/** The hidden fields and the type: on a plan's page always a select, where a number stands for a repository that is only used [D]. */
function identity(scene: PageScene, subject: FormSubject, view: FormView): string {
  const { level, owner, repository } = subject;
  const hidden = (name: string, value: string): string => tag('input', { type: 'hidden', name, value, id: controlId(view.formId, name) }, view.traits.order);
  const parts = [hidden('repositoryId', repository.id)];
  if (level.ownerParameter !== null) parts.push(hidden(level.ownerParameter, owner));
  const type = REPOSITORY_TYPES[repository.kind];
  const chosen = subject.isOnlyUsed ? { value: repository.id, label: nameOf(repository) } : { value: type.moduleKey, label: type.display };
  if (level.level === 'branch') return [...parts, hidden(NAME_SETTING, nameOf(repository)), hidden('selectedRepository', chosen.value)].join('');
  if (level.level !== 'plan' && scene.context.traits.typeControl === 'hidden') return [...parts, hidden('selectedRepository', type.moduleKey)].join('');
  const option = `${tag('option', { value: chosen.value, selected: 'selected' })}${escapeHtml(chosen.label)}</option>`;
  const select = `<select name="selectedRepository" id="selectedRepository">${option}</select><input type="hidden" name="selectFields" value="selectedRepository"/>`;
  return [...parts, select].join('');
}

/** A page holds several forms; this one names the repository too, but no type. */
function otherForm(scene: PageScene, subject: FormSubject): string {
  const form = tag('form', { class: 'aui', action: linkTo(scene.context, '/admin/rescanRepository.action'), method: 'post' });
  return `${form}<input type="hidden" name="repositoryId" value="${subject.repository.id}"/><button type="submit">Check for changes</button></form>`;
}
