import type { Request } from 'express';
import type { BambooContext } from '../context.ts';
import type { Attempt, PersonalAccessToken, User } from './accounts.ts';

/** Who asks, as far as the server can tell. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'captcha' }
  | { readonly kind: 'user'; readonly user: User; readonly isReadOnly: boolean; readonly by: 'session' | 'header' };

const ANONYMOUS: Caller = { kind: 'anonymous' };

/** REST takes a personal access token, a user name and password, or a session. */
export function restCaller(context: BambooContext, request: Request): Caller {
  return bearerCaller(context, request) ?? basicCaller(context, request) ?? sessionCaller(context, request);
}

/** Pages take a session, on some servers a user name and password; whether any takes a personal access token is not known: a switch. */
export function pageCaller(context: BambooContext, request: Request): Caller {
  const bearer = context.switches.patOnPages ? bearerCaller(context, request) : null;
  const basic = context.traits.basicOnPages ? basicCaller(context, request) : null;
  return bearer ?? basic ?? sessionCaller(context, request);
}

/** The user that a request names, for those who only count: nothing is proved by it, and no login is tried. */
export function namedUser(context: BambooContext, request: Request): string | null {
  const [bearer, basic] = [credentialsOf(request, 'bearer'), credentialsOf(request, 'basic')];
  if (bearer !== null) return context.accounts.token(bearer)?.user.username ?? null;
  if (basic !== null) return Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? null;
  return context.sessions.of(request)?.user?.username ?? null;
}

function sessionCaller(context: BambooContext, request: Request): Caller {
  const user = context.sessions.of(request)?.user ?? null;
  return user === null ? ANONYMOUS : { kind: 'user', user, isReadOnly: false, by: 'session' };
}

function bearerCaller(context: BambooContext, request: Request): Caller | null {
  const bearer = credentialsOf(request, 'bearer');
  if (bearer === null) return null;
  const token = context.accounts.token(bearer);
  if (token === null || isExpired(token)) return { kind: 'refused' };
  return { kind: 'user', user: token.user, isReadOnly: !token.permissions.includes('USER'), by: 'header' };
}

function isExpired(token: PersonalAccessToken): boolean {
  return token.daysUntilExpiry !== null && token.daysUntilExpiry < 0;
}

/** Where people log in at another place, Bamboo itself knows no password. */
function basicCaller(context: BambooContext, request: Request): Caller | null {
  const basic = credentialsOf(request, 'basic');
  if (basic === null) return null;
  if (context.switches.singleSignOn !== 'off') return { kind: 'refused' };
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return callerFrom(context.accounts.attempt(pair.slice(0, colon), pair.slice(colon + 1)));
}

function callerFrom(attempt: Attempt): Caller {
  return attempt.kind === 'good' ? { kind: 'user', user: attempt.user, isReadOnly: false, by: 'header' } : attempt;
}

function credentialsOf(request: Request, scheme: 'basic' | 'bearer'): string | null {
  const match = /^(\w+) +(.+)$/.exec(request.headers.authorization ?? '');
  return match?.[1]?.toLowerCase() === scheme ? (match[2]?.trim() ?? null) : null;
}
