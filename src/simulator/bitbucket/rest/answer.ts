import type { Caller } from '../caller.ts';
import { RATE_LIMITED, TOKEN_INVALID } from '../texts.ts';

/** What REST answers, before it is put on the wire; a string body goes out as text/plain. */
export interface RestAnswer {
  status: number;
  body: object | string;
  /** Whom the answer's headers describe; an anonymous answer describes nobody. */
  caller: Caller;
}

const NOBODY: Caller = { kind: 'anonymous' };

/** A good answer. */
export function found(caller: Caller, body: object): RestAnswer {
  return { status: 200, body, caller };
}

/** Bitbucket's usual error body. */
export function failed(status: number, message: string, more: { caller?: Caller; detail?: object } = {}): RestAnswer {
  const error = more.detail ? { message, detail: more.detail } : { message };
  return { status, body: { type: 'error', error }, caller: more.caller ?? NOBODY };
}

/** 401 with the one sentence for every reason. */
export function unauthorised(): RestAnswer {
  return failed(401, TOKEN_INVALID);
}

/** 429 is text/plain and has no Retry-After [M]. */
export function rateLimited(): RestAnswer {
  return { status: 429, body: RATE_LIMITED, caller: NOBODY };
}

/** "410 with CHANGE-nnnn - Functionality has been deprecated": the endpoint is gone [D]. */
export function gone(change: string): RestAnswer {
  return failed(410, `${change} - Functionality has been deprecated`);
}
