import { baseUrl } from '../context.ts';
import { escapeHtml } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { jsonText } from '../rest/answers.ts';
import { type PageContent, type PageScene, sendPage } from './layout.ts';

/** How the sender of a form wants to be answered. */
type ReturnMode = 'json' | 'json-as-html' | 'page';

function modeOf(scene: PageScene): ReturnMode {
  const mode = parameter(scene.request, scene.response, 'bamboo.successReturnMode');
  return mode === 'json' || mode === 'json-as-html' ? mode : 'page';
}

/** Tells that a form is saved: JSON where it was asked for, else a redirect to a page. */
export function answerSaved(scene: PageScene, body: object, page: string): void {
  const mode = modeOf(scene);
  if (mode === 'page') return redirectTo(scene, page);
  sendAnswer(scene, mode, body);
}

/** Sends the browser to a page of this server. */
export function redirectTo(scene: PageScene, page: string): void {
  scene.response.redirect(302, baseUrl(scene.context) + page);
}

/** A refused save is the form again, with status 200, or JSON that names the fields [D]. */
export function answerRefused(scene: PageScene, form: PageContent, refusals: ReadonlyMap<string, string>): void {
  const mode = modeOf(scene);
  if (scene.context.traits.validationAnswer === 'form' || mode === 'page') return sendPage(scene, form);
  const fieldErrors = Object.fromEntries([...refusals].map(([name, text]) => [name, [text]]));
  sendAnswer(scene, mode, { status: 'ERROR', fieldErrors, errors: ['There were problems with what you entered.'] });
}

/** Bamboo's own script asks for `json-as-html` with multipart: the JSON then sits in a lone textarea [D]. */
function sendAnswer(scene: PageScene, mode: 'json' | 'json-as-html', body: object): void {
  const json = jsonText(body);
  if (mode === 'json' && scene.context.traits.saveAnswer === 'as-asked') scene.response.type('application/json').send(json);
  else scene.response.type('html').send(`<textarea>${escapeHtml(json)}</textarea>`);
}
