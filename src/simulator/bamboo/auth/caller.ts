import type { Request } from 'express';
import type { BambooContext } from '../context.ts';
import type { Attempt, User } from './accounts.ts';

/** Who asks, as far as the server can tell. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'captcha' }
  | { readonly kind: 'user'; readonly user: User; readonly isReadOnly: boolean };

const ANONYMOUS: Caller = { kind: 'anonymous' };

/** REST takes a personal access token, a user name and password, or a session. */
export function restCaller(context: BambooContext, request: Request): Caller {
  const bearer = credentialsOf(request, 'bearer');
  if (bearer !== null) {
    const token = context.accounts.token(bearer);
    return token === null ? { kind: 'refused' } : { kind: 'user', user: token.user, isReadOnly: !token.permissions.includes('USER') };
  }
  return basicCaller(context, request) ?? sessionCaller(context, request);
}

/** Pages take a session, on some servers a user name and password, but no personal access token [D]. */
export function pageCaller(context: BambooContext, request: Request): Caller {
  const basic = context.traits.basicOnPages ? basicCaller(context, request) : null;
  return basic ?? sessionCaller(context, request);
}

function sessionCaller(context: BambooContext, request: Request): Caller {
  const user = context.sessions.of(request)?.user ?? null;
  return user === null ? ANONYMOUS : { kind: 'user', user, isReadOnly: false };
}

function basicCaller(context: BambooContext, request: Request): Caller | null {
  const basic = credentialsOf(request, 'basic');
  if (basic === null) return null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return callerFrom(context.accounts.attempt(pair.slice(0, colon), pair.slice(colon + 1)));
}

function callerFrom(attempt: Attempt): Caller {
  return attempt.kind === 'good' ? { kind: 'user', user: attempt.user, isReadOnly: false } : attempt;
}

function credentialsOf(request: Request, scheme: 'basic' | 'bearer'): string | null {
  const match = /^(\w+) +(.+)$/.exec(request.headers.authorization ?? '');
  return match?.[1]?.toLowerCase() === scheme ? (match[2]?.trim() ?? null) : null;
}
