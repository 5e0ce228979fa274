import express, { type Router } from 'express';
import { type BambooContext, linkTo } from '../context.ts';
import { CREDENTIAL_TYPES } from '../credentials/credential-names.ts';
import { applyPosted, type PostedState } from '../forms/apply-posted.ts';
import { type Control, flatten } from '../forms/controls.ts';
import { controlId, escapeHtml, tag } from '../forms/markup.ts';
import { renderControl } from '../forms/render-control.ts';
import { incomingOf, parameter } from '../incoming.ts';
import { CREDENTIAL_NAME, credentialName, type SharedCredential } from '../model.ts';
import { sendCredentialUsers } from './credential-users-page.ts';
import { systemErrorPage } from './error-pages.ts';
import { formElement, type Refused, submitButton, viewOf } from './form-element.ts';
import { forAdministrators } from './guard.ts';
import { type PageScene, sendError, sendPage } from './layout.ts';
import { answerRefused, answerSaved, redirectTo } from './save-answers.ts';
import { storeInto } from './store.ts';

const LIST = '/admin/configureSharedCredentials.action';

/** The shared credentials of the whole server [D]; those of a project have no page that anybody knows. */
export function credentialPages(context: BambooContext): Router {
  const router = express.Router();
  const withCredential = (handler: (scene: PageScene, credential: SharedCredential) => void): express.RequestHandler =>
    forAdministrators(context, (scene) => {
      const credential = context.model.credentials.get(parameter(scene.request, scene.response, 'credentialsId'));
      if (credential === undefined || credential.project !== null) return sendError(scene, 'The shared credentials cannot be found.');
      handler(scene, credential);
    });
  router.get(LIST, forAdministrators(context, sendList));
  router.get('/admin/editSharedCredentials.action', withCredential(sendForm));
  router.post('/admin/updateSharedCredentials.action', withCredential(save));
  router.get('/admin/confirmDeleteSharedCredentials.action', withCredential(sendCredentialUsers));
  router.post('/admin/deleteSharedCredentials.action', withCredential(remove));
  return router;
}

function sendList(scene: PageScene): void {
  const all = [...scene.context.model.credentials.values()].filter((credential) => credential.project === null);
  const head = '<thead><tr><th>Name</th><th>Type</th><th>Actions</th></tr></thead>';
  const rows = all.map((credential) => rowOf(scene, credential)).join('\n');
  sendPage(scene, { title: 'Shared credentials', body: `<h1>Shared credentials</h1><table class="aui">${head}<tbody>${rows}</tbody></table>` });
}

function rowOf({ context }: PageScene, credential: SharedCredential): string {
  const link = (className: string, page: string, label: string): string =>
    `${tag('a', { class: className, href: linkTo(context, `/admin/${page}.action?credentialsId=${credential.id}`) }, context.traits.order)}${label}</a>`;
  const actions = `${link('update-credentials', 'editSharedCredentials', 'Edit')} ${link('delete-credentials', 'confirmDeleteSharedCredentials', 'Delete')}`;
  const cells = [escapeHtml(credentialName(credential)), CREDENTIAL_TYPES[credential.kind].display, actions];
  return `${tag('tr', { id: `item-${credential.id}` })}${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function sendForm(scene: PageScene, credential: SharedCredential): void {
  sendPage(scene, { title: `Edit ${credentialName(credential)}`, body: `<h2>Edit shared credentials</h2>${credentialForm(scene, credential)}` });
}

function credentialForm(scene: PageScene, credential: SharedCredential, refused?: Refused): string {
  const { context } = scene;
  const view = viewOf(scene, 'updateSharedCredentials', refused ?? { values: credential.settings, errors: new Map() }, credential.secrets);
  const id = { type: 'hidden', name: 'credentialsId', value: credential.id, id: controlId(view.formId, 'credentialsId') };
  const body = [
    tag('input', id, view.traits.order),
    ...context.credentialDefinitions[credential.kind].map((control) => renderControl(view, control)),
    `<div class="buttons-container">${submitButton(view.formId, '_save', 'aui-button', 'Save credentials')}${tag('a', { class: 'cancel', href: linkTo(context, LIST) })}Cancel</a></div>`,
  ];
  return formElement(scene, view, '/admin/updateSharedCredentials.action', body.join('\n'));
}

function save(scene: PageScene, credential: SharedCredential): void {
  const incoming = incomingOf(scene.response);
  if (incoming.kind !== 'form' || !incoming.isMultipart) {
    scene.response.status(500).type('html').send(systemErrorPage(incoming));
    return;
  }
  const controls = scene.context.credentialDefinitions[credential.kind];
  const state = applyPosted(controls, incoming.form, credential);
  const errors = refusalsOf(scene.context, controls, credential, state);
  if (errors.size > 0) {
    const body = credentialForm(scene, credential, { values: state.settings, errors });
    return answerRefused(scene, { title: 'Edit shared credentials', body }, errors);
  }
  storeInto(scene, credential, state);
  // Only the answer for repositories is known to name what was saved.
  answerSaved(scene, { status: 'OK' }, `${LIST}?saved=true&credentialsId=${credential.id}`);
}

function refusalsOf(context: BambooContext, controls: readonly Control[], credential: SharedCredential, state: PostedState): Map<string, string> {
  const errors = new Map<string, string>();
  for (const control of flatten(controls)) {
    if (control.kind === 'text' && control.required === true && (state.settings[control.name] ?? '') === '') {
      errors.set(control.name, `${control.label} is required.`);
    }
  }
  const name = state.settings[CREDENTIAL_NAME] ?? '';
  const others = [...context.model.credentials.values()].filter((each) => each !== credential && each.project === credential.project);
  if (others.some((each) => credentialName(each) === name)) errors.set(CREDENTIAL_NAME, 'Shared credentials with this name already exist.');
  return errors;
}

/** What the page of users leads to when somebody confirms it. */
function remove(scene: PageScene, credential: SharedCredential): void {
  scene.context.model.credentials.delete(credential.id);
  redirectTo(scene, LIST);
}
