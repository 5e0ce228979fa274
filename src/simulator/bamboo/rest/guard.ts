import type { Request, RequestHandler, Response } from 'express';
import { type Caller, restCaller } from '../auth/caller.ts';
import type { BambooContext } from '../context.ts';
import { sendRestError } from './answers.ts';

/** Lets through who is known and may do this; tells all others why not. */
export function restGuard(context: BambooContext): RequestHandler {
  return (request, response, next) => {
    const caller = restCaller(context, request);
    const refusal = refusalOf(caller, request);
    if (refusal !== null) return sendRestError(context, response, refusal.status, refusal.message);
    response.locals.caller = caller;
    next();
  };
}

interface Refusal {
  readonly status: number;
  readonly message: string;
}

function refusalOf(caller: Caller, request: Request): Refusal | null {
  switch (caller.kind) {
    case 'anonymous':
      return { status: 401, message: 'Client must be authenticated to access this resource.' };
    case 'refused':
      return { status: 401, message: 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED' };
    case 'captcha':
      return { status: 403, message: 'The maximum number of failed login attempts may have been reached. Please log in through the web interface.' };
    case 'user':
      // A token without its owner's permissions reads and no more [P].
      return caller.isReadOnly && request.method !== 'GET' ? { status: 403, message: 'This access token may only read.' } : null;
  }
}

/** Lets administrators through only. */
export function administratorsOnly(context: BambooContext): RequestHandler {
  return (_request, response, next) => {
    if (userOf(response).isAdministrator) return next();
    sendRestError(context, response, 403, 'You do not have permission to see this.');
  };
}

/** The user that the guard let through. */
export function userOf(response: Response): Extract<Caller, { kind: 'user' }>['user'] {
  return (response.locals.caller as Extract<Caller, { kind: 'user' }>).user;
}
