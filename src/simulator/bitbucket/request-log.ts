import type { NextFunction, Request, Response } from 'express';
import { credentialOf } from './credential.ts';
import type { BitbucketWorld, Side } from './model.ts';

/** Writes down every request once it is answered or dropped: who, what and the status, never the secret. */
export function requestLog(world: BitbucketWorld, side: Side) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const at = world.now();
    const { userName, password } = credentialOf(request);
    response.once('close', () => {
      world.log.push({
        at,
        side,
        method: request.method,
        path: request.originalUrl,
        status: response.headersSent ? response.statusCode : 0,
        userName: withoutSecret(userName),
        token: world.tokens.find((token) => token.value === password)?.name,
      });
    });
    next();
  };
}

// A token in the place of the user name is a mistake that people make.
function withoutSecret(userName: string): string {
  return /^\s*AT(AT|BB|CT)/.test(userName) ? '(a secret)' : userName;
}
