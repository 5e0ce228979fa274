import express, { type Router } from 'express';
import type { Attempt } from '../auth/accounts.ts';
import { type BambooContext, linkTo } from '../context.ts';
import { hasTwoSteps } from '../doors/login-screen.ts';
import { escapeHtml, tag } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { isXsrfSafe, sendXsrfPage, signOnAddress } from './guard.ts';
import { errorBox, giveCookies, openScene, type PageScene, sendPage } from './layout.ts';
import { TWO_STEP_SCRIPT } from './scripts.ts';

/** The home page, the legacy login form and the way out. */
export function loginPages(context: BambooContext): Router {
  const router = express.Router();
  const open = (handler: (scene: PageScene) => void): express.RequestHandler => {
    return (request, response) => handler(openScene(context, request, response, () => context.sessions.start(null)));
  };
  router.get(['/', '/start.action', '/allPlans.action'], open(sendHome));
  router.get(
    ['/userlogin.action', '/userlogin\\!doDefault.action'],
    open((scene) => sendLoginScreen(context, scene)),
  );
  router.post('/userlogin.action', open(logIn));
  router.get('/userLogout.action', open(logOut));
  return router;
}

function sendHome(scene: PageScene): void {
  sendPage(scene, { title: 'Build dashboard', body: '<h1>Build dashboard</h1>' });
}

function sendLoginScreen(context: BambooContext, scene: PageScene): void {
  if (context.switches.singleSignOn !== 'off') return scene.response.redirect(302, signOnAddress(context, scene.request));
  return hasTwoSteps(context) ? sendTwoStepScreen(scene) : sendLoginForm(scene, null);
}

/** From 10.1 nothing of the legacy form is there any more [D]; the markup of what is there instead is a free choice. */
function sendTwoStepScreen(scene: PageScene): void {
  const { context, request, response } = scene;
  const place = { id: 'tsv', 'data-base': linkTo(context, '/rest/tsv/1.0'), 'data-target': parameter(request, response, 'os_destination') };
  const code =
    '<div id="tsv-code" hidden><input name="totpCode" inputmode="numeric" placeholder="Code"/><button type="button" id="tsv-verify">Verify</button></div>';
  const fields =
    '<input name="username" autocomplete="username" placeholder="Username"/><input name="password" type="password" placeholder="Password"/><button type="button" id="tsv-next">Next</button>';
  const body = `<h1>Log in</h1>${tag('div', place)}${fields}${code}<p id="tsv-problem"></p></div>${TWO_STEP_SCRIPT}`;
  sendPage(scene, { title: 'Log in', body });
}

function sendLoginForm(scene: PageScene, failed: Exclude<Attempt['kind'], 'good'> | null): void {
  const { context, request, response, session } = scene;
  const destination = parameter(request, response, 'os_destination');
  const body = `<h1>Log in</h1>${failed === null ? '' : errorBox('Sorry, your username and password are incorrect - please try again.')}
${tag('form', { id: 'loginForm', name: 'loginForm', class: 'aui', method: 'post', action: linkTo(context, '/userlogin.action') })}
<input type="text" name="os_username" id="loginForm_os_username" placeholder="Username"/><input type="password" name="os_password" id="loginForm_os_password" placeholder="Password"/>
<input type="checkbox" name="os_cookie" value="true"/><input type="hidden" name="checkBoxFields" value="os_cookie"/>
<input type="hidden" name="os_destination" value="${escapeHtml(destination)}"/>
${failed === 'captcha' ? '<img src="/captcha" alt="captcha"/><input type="text" name="os_captcha" id="loginForm_captcha"/>' : ''}
<input type="submit" name="save" value="Log in" id="loginForm_save"/><input type="hidden" name="atl_token" value="${session.xsrfToken}"/></form>`;
  sendPage(scene, { title: 'Log in', body });
}

function logIn(scene: PageScene): void {
  const { context, request, response } = scene;
  if (hasTwoSteps(context) || context.switches.singleSignOn !== 'off') return sendLoginScreen(context, scene);
  if (!isXsrfSafe(scene)) return sendXsrfPage(scene);
  const attempt = context.accounts.attempt(parameter(request, response, 'os_username'), parameter(request, response, 'os_password'));
  if (attempt.kind !== 'good') {
    // A hint beside the page, seen on 6.10 [T].
    response.set('X-Seraph-LoginReason', attempt.kind === 'captcha' ? 'AUTHENTICATION_DENIED' : 'AUTHENTICATED_FAILED');
    return sendLoginForm(scene, attempt.kind);
  }
  context.sessions.end(scene.session);
  giveCookies(context, response, context.sessions.start(attempt.user));
  const destination = parameter(request, response, 'os_destination');
  response.set('X-Seraph-LoginReason', 'OK').redirect(302, linkTo(context, /^\/(?!\/)/.test(destination) ? destination : '/'));
}

function logOut(scene: PageScene): void {
  scene.context.sessions.end(scene.session);
  scene.response.redirect(302, linkTo(scene.context, '/'));
}
