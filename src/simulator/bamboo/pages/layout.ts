import type { Request, Response } from 'express';
import { NODE_COOKIE, type Session } from '../auth/sessions.ts';
import { type BambooContext, linkTo } from '../context.ts';
import { escapeHtml, tag } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { FORM_SCRIPT } from './scripts.ts';

/** What every page needs to be answered. */
export interface PageScene {
  readonly context: BambooContext;
  readonly request: Request;
  readonly response: Response;
  readonly session: Session;
}

/** The inner part of a page. */
export interface PageContent {
  readonly title: string;
  readonly body: string;
  readonly status?: number;
}

/** The session of this request; a new one, with its cookies, where there is none. */
export function openScene(context: BambooContext, request: Request, response: Response, startSession: () => Session): PageScene {
  const known = context.sessions.of(request);
  const session = known ?? startSession();
  if (known === null) giveCookies(context, response, session);
  return { context, request, response, session };
}

/** Hands a session to the browser. */
export function giveCookies(context: BambooContext, response: Response, session: Session): void {
  const path = context.contextPath === '' ? '/' : context.contextPath;
  response.append('Set-Cookie', `JSESSIONID=${session.id}; Path=${path}; HttpOnly`);
  response.append('Set-Cookie', `atl.xsrf.token=${session.xsrfToken}; Path=${path}`);
  if (context.switches.loadBalancer) response.append('Set-Cookie', `${NODE_COOKIE}=${session.node}; Path=/`);
}

/** Sends a page: whole, or only its inner part where `decorator=nothing` comes together with `confirm=true` [D]. */
export function sendPage(scene: PageScene, content: PageContent): void {
  const { context, request, response } = scene;
  const isBare = parameter(request, response, 'decorator') === 'nothing' && parameter(request, response, 'confirm') === 'true';
  const html = isBare ? bare(scene, content) : decorated(scene, content);
  response
    .status(content.status ?? 200)
    .set('Content-Type', 'text/html;charset=UTF-8')
    .set('X-Bamboo-Version', context.version)
    .send(html);
}

function bare(scene: PageScene, content: PageContent): string {
  if (scene.context.traits.undecorated === 'fragment') return content.body;
  return `<html><head><title>${escapeHtml(content.title)}</title>${metaToken(scene)}</head><body>${content.body}</body></html>`;
}

function decorated(scene: PageScene, content: PageContent): string {
  const { context, session } = scene;
  const userMenu =
    session.user === null
      ? `${tag('a', { id: 'login', href: linkTo(context, '/userlogin!doDefault.action') })}Log In</a>`
      : `<span id="userInfo">${escapeHtml(session.user.username)}</span> ${tag('a', { id: 'log-out', href: linkTo(context, '/userLogout.action') })}Log Out</a>`;
  const search = `${tag('form', { id: 'quick-search', class: 'aui-quicksearch', action: linkTo(context, '/browse/search.action'), method: 'get' })}<input type="text" name="searchTerm"/></form>`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>${escapeHtml(content.title)} - Atlassian Bamboo</title>${metaToken(scene)}${STYLE}</head>
<body class="aui-layout"><header id="header">${search}${userMenu}</header><section id="content">
${content.body}
</section>${content.body.includes('multipart/form-data') ? FORM_SCRIPT : ''}<footer id="footer">Atlassian Bamboo version ${escapeHtml(context.version)}</footer></body></html>`;
}

/** The hidden twin of each save button is for the Enter key alone. */
const STYLE = '<style>body { font-family: sans-serif; margin: 1em } .assistive { position: absolute; left: -9999px }</style>';

function metaToken(scene: PageScene): string {
  return tag('meta', { name: 'atlassian-token', content: scene.session.xsrfToken });
}

/** A box with a message about something that went wrong. */
export function errorBox(text: string): string {
  return `<div class="aui-message error"><p>${escapeHtml(text)}</p></div>`;
}

/** A page that has no form because what was asked for cannot be shown. */
export function sendError(scene: PageScene, text: string): void {
  sendPage(scene, { title: 'Error', body: `<h1>Error</h1>${errorBox(text)}` });
}
