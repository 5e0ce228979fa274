import { unreachable } from '../../simulator-error.ts';
import type { Switches } from '../switches.ts';
import type { Traits } from '../traits.ts';
import type { Choice, Control } from './controls.ts';
import { type Attributes, controlId, dependencyClass, escapeHtml, tag } from './markup.ts';

/** What a form shows: values, which secrets are stored, and what was wrong with them. */
export interface FormView {
  readonly formId: string;
  readonly values: Readonly<Record<string, string>>;
  readonly isStored: (secretSetting: string) => boolean;
  readonly credentialName: (id: string) => string;
  readonly errors: ReadonlyMap<string, string>;
  readonly traits: Traits;
  readonly repositoryList: Switches['repositoryList'];
}

/** The markup of one control, its companions and its error. */
export function renderControl(view: FormView, control: Control): string {
  switch (control.kind) {
    case 'section':
      return renderSection(view, control);
    case 'button':
      return `<div class="field-group">${tag('button', { type: 'button', id: control.id, class: 'aui-button' })}${escapeHtml(control.label)}</button></div>`;
    case 'secret':
      return renderSecret(view, control, view.isStored(control.setting));
    case 'foreign-secret':
      return renderSecret(view, control, true);
    case 'radio':
      return fieldGroup(view, control, renderRadio(view, control));
    case 'checkbox':
      return fieldGroup(view, control, renderCheckbox(view, control.name, view.values[control.name] === 'true'));
    case 'text':
      return fieldGroup(
        view,
        control,
        tag('input', { type: 'text', ...naming(view, control.name), value: shownValue(view, control), class: 'text' }, view.traits.order),
      );
    case 'textarea':
      // A parser drops the first line break of a textarea.
      return fieldGroup(view, control, `${tag('textarea', naming(view, control.name))}\n${escapeHtml(shownValue(view, control))}</textarea>`);
    case 'select':
    case 'loaded-select':
    case 'multiple-select':
    case 'disabled-select':
      return fieldGroup(view, control, renderSelect(view, control));
    default:
      return unreachable(control);
  }
}

function shownValue(view: FormView, control: { name: string }): string {
  return view.values[control.name] ?? '';
}

function naming(view: FormView, name: string): Attributes {
  return { name, id: controlId(view.formId, name) };
}

function fieldGroup(view: FormView, control: { name: string; label: string }, inner: string): string {
  const id = controlId(view.formId, control.name);
  const error = view.errors.get(control.name);
  const note = error === undefined ? '' : `${tag('div', { class: 'error control-form-error', 'data-field-name': control.name })}${escapeHtml(error)}</div>`;
  return `<div class="field-group" id="fieldArea_${id}"><label for="${id}">${escapeHtml(control.label)}</label>${inner}${note}</div>\n`;
}

function renderSection(view: FormView, section: Extract<Control, { kind: 'section' }>): string {
  const inner = section.controls.map((control) => renderControl(view, control)).join('');
  const legend = section.legend === '' ? '' : `<legend>${escapeHtml(section.legend)}</legend>`;
  if (section.dependsOn === undefined || section.showOn === undefined) return `<fieldset>${legend}${inner}</fieldset>\n`;
  const shown = view.values[section.dependsOn] === section.showOn;
  const attributes = { class: dependencyClass(view.traits, section.dependsOn, section.showOn), style: shown ? undefined : 'display:none' };
  return `${tag('fieldset', attributes, view.traits.order)}${legend}${inner}</fieldset>\n`;
}

function renderCheckbox(view: FormView, name: string, checked: boolean): string {
  const box = { type: 'checkbox', ...naming(view, name), value: 'true', checked: checked ? 'checked' : undefined, class: 'checkbox' };
  return tag('input', box, view.traits.order) + companion('checkBoxFields', name);
}

/** Bamboo names every checkbox and select once more beside it, so that the server knows what the form showed [D]. */
function companion(kind: 'checkBoxFields' | 'selectFields', name: string): string {
  return tag('input', { type: 'hidden', name: kind, value: name });
}

/** The flag is a checkbox while a secret is stored and a hidden `true` while none is; no secret ever stands in the page [D]. */
function renderSecret(view: FormView, secret: Extract<Control, { kind: 'secret' | 'foreign-secret' }>, stored: boolean): string {
  const flag = stored
    ? fieldGroup(view, { name: secret.flag, label: `Change ${secret.label.toLowerCase()}` }, renderCheckbox(view, secret.flag, false))
    : tag('input', { type: 'hidden', ...naming(view, secret.flag), value: 'true' }, view.traits.order);
  const multiline = secret.kind === 'secret' && secret.multiline === true;
  const input = multiline
    ? `${tag('textarea', naming(view, secret.name), view.traits.order)}</textarea>`
    : tag('input', { type: 'password', ...naming(view, secret.name), class: 'text password', autocomplete: 'off' }, view.traits.order);
  const attributes = { class: dependencyClass(view.traits, secret.flag, 'true'), style: stored ? 'display:none' : undefined };
  return `${flag}${tag('fieldset', attributes, view.traits.order)}${fieldGroup(view, secret, input)}</fieldset>\n`;
}

function renderRadio(view: FormView, control: Extract<Control, { kind: 'select' | 'radio' }>): string {
  const current = shownValue(view, control);
  return control.choices
    .map((one, index) => {
      const id = `${controlId(view.formId, control.name)}${index}`;
      const checked = one.value === current ? 'checked' : undefined;
      return `${tag('input', { type: 'radio', name: control.name, id, value: one.value, checked }, view.traits.order)}<label for="${id}">${escapeHtml(one.label)}</label>`;
    })
    .join('');
}

type AnySelect = Extract<Control, { kind: 'select' | 'radio' | 'loaded-select' | 'multiple-select' | 'disabled-select' }>;

function renderSelect(view: FormView, control: AnySelect): string {
  const extra: Attributes = control.kind === 'multiple-select' ? { multiple: 'multiple' } : control.kind === 'disabled-select' ? { disabled: 'disabled' } : {};
  const chosen = new Set(control.kind === 'multiple-select' ? shownValue(view, control).split(',') : [shownValue(view, control)]);
  const options = choicesOf(view, control).map((one, index) => renderOption(view, control, one, chosen.has(one.value), index === 0));
  const note = control.kind === 'loaded-select' && control.loads === 'repositories' && view.repositoryList !== 'current' ? LOAD_FAILURE : '';
  return `${tag('select', { ...naming(view, control.name), ...extra, class: 'select' }, view.traits.order)}${options.join('')}</select>${companion('selectFields', control.name)}${note}`;
}

/** What a fixed version may still show although checkout works: the call behind the list is gone since 14 April 2026. */
const LOAD_FAILURE = '<div class="error">Failed to load data from Bitbucket. 410 Gone</div>';

function choicesOf(view: FormView, control: AnySelect): readonly Choice[] {
  if (control.kind !== 'loaded-select') return control.choices;
  const current = shownValue(view, control);
  if (current === '' || (control.loads === 'repositories' && view.repositoryList === 'empty')) return [];
  return [{ value: current, label: control.loads === 'credentials' ? view.credentialName(current) : current }];
}

/** Where no option is marked, the first one counts: some servers leave the mark out for it. */
function renderOption(view: FormView, control: AnySelect, one: Choice, chosen: boolean, first: boolean): string {
  const marked = chosen && !(first && view.traits.order === 'turned' && control.kind === 'select');
  return `${tag('option', { value: one.value, selected: marked ? 'selected' : undefined }, view.traits.order)}${escapeHtml(one.label)}</option>`;
}
