import type { Request, RequestHandler, Response } from 'express';
import { type Caller, pageCaller } from '../auth/caller.ts';
import { type BambooContext, linkTo } from '../context.ts';
import { tag } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { errorBox, openScene, type PageScene, sendPage } from './layout.ts';
import { sendWebSudoPage } from './web-sudo.ts';

/** Runs a handler for administrators only; everyone else gets the page that Bamboo has for them. */
export function forAdministrators(context: BambooContext, handler: (scene: PageScene) => void): RequestHandler {
  return (request, response) => {
    const caller = pageCaller(context, request);
    if (caller.kind !== 'user') return turnAway(context, caller, request, response);
    const scene = openScene(context, request, response, () => context.sessions.start(caller.user));
    if (request.method === 'POST' && !isXsrfSafe(scene)) return sendXsrfPage(scene);
    const mayNot = caller.isReadOnly && request.method !== 'GET';
    if (!caller.user.isAdministrator || mayNot) return sendNoPermissionPage(scene);
    if (!isElevated(scene, caller)) return sendWebSudoPage(scene);
    handler(scene);
  };
}

/** Sends away who is not known: to the login, or with the page for what was wrong. */
export function turnAway(context: BambooContext, caller: Caller, request: Request, response: Response): void {
  if (caller.kind === 'captcha') {
    response.status(403).set('X-Seraph-LoginReason', 'AUTHENTICATION_DENIED').type('html').send(CAPTCHA_PAGE);
  } else if (caller.kind === 'refused') {
    response.status(401).set('X-Seraph-LoginReason', 'AUTHENTICATED_FAILED').type('html').send(UNAUTHORIZED_PAGE);
  } else if (context.switches.singleSignOn === 'at-once') {
    response.redirect(302, signOnAddress(context, request));
  } else {
    const destination = encodeURIComponent(request.originalUrl.slice(context.contextPath.length));
    response.redirect(302, linkTo(context, `/${context.traits.loginRedirect}?os_destination=${destination}`));
  }
}

/** A secure administrator session rolls on with each use; whether a header passes it is not known: a trait. */
function isElevated({ context, request, session }: PageScene, caller: Extract<Caller, { kind: 'user' }>): boolean {
  const { switches, traits, sessions } = context;
  const isAsked = traits.webSudoPages === 'all' || request.path.startsWith('/admin/');
  if (!switches.webSudo || !isAsked || (caller.by === 'header' && traits.headerPassesWebSudo)) return true;
  if (sessions.elevationLeft(session) === 0) return false;
  sessions.elevate(session);
  return true;
}

/** The login page of single sign-on, which is another origin's. */
export function signOnAddress(context: BambooContext, request: Request): string {
  return `${context.signOnOrigin}/login?returnTo=${encodeURIComponent(context.origin + request.originalUrl)}`;
}

const CAPTCHA_PAGE =
  '<html><head><title>Forbidden (403)</title></head><body><h1>Forbidden (403)</h1><p>The maximum number of failed login attempts may have been reached. Please log in through the web interface and answer the CAPTCHA question.</p></body></html>';

const UNAUTHORIZED_PAGE =
  '<html><head><title>Unauthorized (401)</title></head><body><h1>Encountered a &quot;401 - Unauthorized&quot; error while loading this page.</h1><p>Basic Authentication Failure - Reason : AUTHENTICATED_FAILED</p></body></html>';

/** A post needs the header that no foreign page can set, or the token of the session. */
export function isXsrfSafe(scene: PageScene): boolean {
  const header = scene.request.headers['x-atlassian-token'];
  return header === 'no-check' || parameter(scene.request, scene.response, 'atl_token') === scene.session.xsrfToken;
}

/** The page for a post without either. */
export function sendXsrfPage(scene: PageScene): void {
  const text = 'Your session has expired, or the form was not sent from Bamboo. XSRF Security Token Missing.';
  sendPage(scene, {
    title: 'XSRF Security Token Missing',
    body: `<h1>XSRF Security Token Missing</h1>${errorBox(text)}`,
    status: scene.context.traits.xsrfStatus,
  });
}

/** The page for those who lack a right: it names the administrators. */
export function sendNoPermissionPage(scene: PageScene): void {
  const link = tag('a', { href: linkTo(scene.context, '/viewAdministrators.action') });
  const body = `<h1>Access denied</h1><p>You do not have permission to see this page. Please contact one of the ${link}administrators</a>.</p>`;
  sendPage(scene, { title: 'Access denied', body, status: scene.context.traits.noPermissionStatus });
}
