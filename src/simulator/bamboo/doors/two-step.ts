import express, { type Request, type Response, type Router } from 'express';
import { isTotpCode } from '../auth/totp.ts';
import { type BambooContext, linkTo } from '../context.ts';
import { incomingOf } from '../incoming.ts';
import { giveCookies } from '../pages/layout.ts';
import { sendJson } from '../rest/answers.ts';
import { hasElevationCall, hasTwoSteps } from './login-screen.ts';

/** `POST /rest/tsv/{1.0|latest}/authenticate` [D] and what comes after it. Bodies beside the first one are free choices. */
export function twoStepLogin(context: BambooContext): Router {
  const router = express.Router();
  const only = (isThere: boolean): express.RequestHandler => {
    return (_request, response, next) => (isThere ? next() : sendJson(response, { message: 'null for uri', 'status-code': 404 }, 404));
  };
  router.use('/authenticate', only(hasTwoSteps(context)));
  router.use('/elevate-permissions', only(hasElevationCall(context)));
  router.post('/authenticate', (request, response) => authenticate(context, request, response));
  router.post('/authenticate/totp-code', (request, response) => verifyCode(context, request, response));
  router.post('/elevate-permissions/password', (request, response) => elevate(context, request, response));
  return router;
}

/** One field of a JSON body; `null` where the body is none, or holds no such text. */
function fieldOf(response: Response, name: string): string | null {
  const incoming = incomingOf(response);
  return incoming.kind === 'json' && incoming.fields.has(name) ? incoming.fields.raw(name) : null;
}

function refuse(response: Response, status: number, message: string): void {
  sendJson(response, { errors: [{ message }] }, status);
}

function authenticate(context: BambooContext, request: Request, response: Response): void {
  const [username, password] = [fieldOf(response, 'username'), fieldOf(response, 'password')];
  if (username === null || password === null) return refuse(response, 400, 'A user name and a password are expected, as JSON.');
  if (context.switches.singleSignOn !== 'off') return refuse(response, 401, 'Passwords are not accepted here.');
  const attempt = context.accounts.attempt(username, password);
  if (attempt.kind === 'captcha') return refuse(response, 403, 'The maximum number of failed login attempts may have been reached.');
  if (attempt.kind === 'refused') return refuse(response, 401, 'Your username and password are incorrect.');
  const before = context.sessions.of(request);
  if (before !== null) context.sessions.end(before);
  if (context.switches.totp) return askForCode(context, response, attempt.user.username);
  logIn(context, response, attempt.user.username);
}

/** The password was good; the session that this gives, or the conversation, is not logged in yet. */
function askForCode(context: BambooContext, response: Response, username: string): void {
  const conversation = context.conversations.start(username);
  if (context.traits.secondStep === 'conversation') return sendJson(response, { conversationId: conversation, reason: 'TOTP_REQUIRED' }, 412);
  const session = context.sessions.start(null);
  context.conversations.bind(session.id, conversation);
  giveCookies(context, response, session);
  sendJson(response, { authenticated: false, totpRequired: true });
}

function verifyCode(context: BambooContext, request: Request, response: Response): void {
  const code = fieldOf(response, 'totpCode') ?? fieldOf(response, 'code');
  if (code === null) return refuse(response, 400, 'A code is expected, as JSON.');
  const session = context.sessions.of(request);
  const named = fieldOf(response, 'conversationId');
  const username = context.conversations.userOf(context.traits.secondStep === 'conversation' ? named : (session?.id ?? null));
  if (username === null) return refuse(response, 400, 'The requested conversation cannot be found.');
  const user = context.accounts.named(username);
  if (user === null || !isTotpCode(user.totpSecret, code.trim(), context.now())) {
    context.accounts.noteRefusal(username);
    return refuse(response, 401, 'The code is incorrect.');
  }
  if (session !== null) context.sessions.end(session);
  logIn(context, response, username);
}

function logIn(context: BambooContext, response: Response, username: string): void {
  giveCookies(context, response, context.sessions.start(context.accounts.named(username)));
  const target = fieldOf(response, 'targetUrl') ?? '';
  sendJson(response, { authenticated: true, targetUrl: linkTo(context, /^\/(?!\/)/.test(target) ? target : '/') });
}

/** Makes the session of the caller a secure administrator session [D]. */
function elevate(context: BambooContext, request: Request, response: Response): void {
  const session = context.sessions.of(request);
  if (session?.user == null) return refuse(response, 401, 'You are not logged in.');
  const password = fieldOf(response, 'password');
  if (password === null) return refuse(response, 400, 'A password is expected, as JSON.');
  if (context.switches.singleSignOn !== 'off') return refuse(response, 403, 'Passwords are not accepted here.');
  const attempt = context.accounts.attempt(session.user.username, password);
  if (attempt.kind === 'captcha') return refuse(response, 403, 'The maximum number of failed login attempts may have been reached.');
  if (attempt.kind === 'refused' || context.switches.elevation === 'refused') return refuse(response, 401, 'Your password is incorrect.');
  context.sessions.elevate(session);
  response.status(204).end();
}
