import { linkTo } from '../context.ts';
import { tag } from '../forms/markup.ts';
import type { FormView } from '../forms/render-control.ts';
import { credentialName } from '../model.ts';
import { errorBox, type PageScene } from './layout.ts';

/** What was refused, to be shown again. */
export interface Refused {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: ReadonlyMap<string, string>;
}

/** What a form of this server shows, for controls to be rendered from. */
export function viewOf(scene: PageScene, saveName: string, shown: Refused, secrets: Readonly<Record<string, string>>): FormView {
  const { traits, switches, model } = scene.context;
  return {
    formId: traits.formIdPrefix + saveName,
    values: shown.values,
    isStored: (setting) => (secrets[setting] ?? '') !== '',
    credentialName: (id) => {
      const credential = model.credentials.get(id);
      return credential === undefined ? id : credentialName(credential);
    },
    errors: shown.errors,
    traits,
    repositoryList: switches.repositoryList,
  };
}

/** A form around its controls: class, id, encoding, a hidden button ahead of all, and the session's token at the end [D]. */
export function formElement(scene: PageScene, view: FormView, action: string, body: string): string {
  const { context, session } = scene;
  const attributes = {
    id: view.formId,
    name: view.formId,
    class: 'aui long-label',
    action: linkTo(context, action),
    method: 'post',
    enctype: 'multipart/form-data',
  };
  return [
    `${tag('form', attributes, context.traits.order)}${submitButton(view.formId, '_defaultSave', 'assistive', 'Save')}`,
    view.errors.size > 0 ? errorBox('There were problems with what you entered.') : '',
    body,
    `${tag('input', { type: 'hidden', name: 'atl_token', value: session.xsrfToken })}</form>`,
  ].join('\n');
}

/** A button that saves. */
export function submitButton(formId: string, suffix: string, className: string, label: string): string {
  return tag('input', { type: 'submit', name: 'save', value: label, id: formId + suffix, class: className });
}
