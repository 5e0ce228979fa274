import express, { type Router } from 'express';
import { type BambooContext, linkTo } from '../context.ts';
import { hasElevationCall } from '../doors/login-screen.ts';
import { tag } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { errorBox, openScene, type PageScene, sendPage } from './layout.ts';
import { ELEVATION_SCRIPT } from './scripts.ts';

/** Where the prompt of 10.0 is sent, before there was a call for it: a free choice. */
const PLACE = '/webSudo.action';

/** Bamboo's own markup of this prompt is not known: a form of its own, with none of the fields of a repository. */
export function sendWebSudoPage(scene: PageScene, refused = false): void {
  const { context, request } = scene;
  const isCall = hasElevationCall(context);
  const action = linkTo(context, isCall ? '/rest/tsv/latest/elevate-permissions/password' : PLACE);
  const destination = parameter(request, scene.response, 'destination') || request.originalUrl.slice(context.contextPath.length);
  const form = [
    tag('form', { id: 'websudo', class: 'aui', method: 'post', action }),
    '<input type="password" name="password" id="websudo_password" autocomplete="off" placeholder="Password"/>',
    tag('input', { type: 'hidden', name: 'destination', value: request.method === 'GET' || refused ? destination : '/' }),
    tag('input', { type: 'hidden', name: 'atl_token', value: scene.session.xsrfToken }),
    '<button type="submit">Confirm</button></form>',
  ].join('');
  const text = '<p>You have asked for an administrator function: please confirm your password.</p>';
  const failure = refused ? errorBox('Your password is incorrect.') : '';
  const body = `<h1>Secure administrator session</h1>${failure}${text}${form}${isCall ? ELEVATION_SCRIPT : ''}`;
  sendPage(scene, { title: 'Secure administrator session', body });
}

/** The prompt's answer, for the versions that have no call for it. */
export function webSudoPages(context: BambooContext): Router {
  const router = express.Router();
  router.post(PLACE, (request, response) => {
    const scene = openScene(context, request, response, () => context.sessions.start(null));
    const { user } = scene.session;
    const attempt = user === null ? null : context.accounts.attempt(user.username, parameter(request, response, 'password'));
    if (attempt?.kind !== 'good' || context.switches.elevation === 'refused' || context.switches.singleSignOn !== 'off') return sendWebSudoPage(scene, true);
    context.sessions.elevate(scene.session);
    response.redirect(302, linkTo(context, parameter(request, response, 'destination')));
  });
  return router;
}
