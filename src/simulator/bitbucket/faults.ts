import type { NextFunction, Request, Response } from 'express';
import type { BitbucketWorld, Fault, FaultKind, Side } from './model.ts';
import { gone } from './rest/answer.ts';
import { send } from './rest/send.ts';
import { RATE_LIMITED } from './texts.ts';

const PROXY_PAGE = '<!DOCTYPE html><html><head><title>Corporate proxy</title></head><body><form action="/login">Please sign in</form></body></html>';

/** Answers with the first fault that fits the request and is not used up, else lets it pass. */
export function faultGate(world: BitbucketWorld, side: Side) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const fault = world.faults.find((each) => each.times > 0 && [side, 'both'].includes(each.side) && request.originalUrl.includes(each.path));
    if (fault) commit(fault, request, response);
    else next();
  };
}

function commit(fault: Fault, request: Request, response: Response): void {
  fault.times -= 1;
  answerWrongly(fault.what, request, response);
}

function answerWrongly(what: FaultKind, request: Request, response: Response): void {
  switch (what.kind) {
    case 'rate-limit':
      if (what.retryAfterSeconds !== undefined) response.set('retry-after', String(what.retryAfterSeconds));
      response.status(429).type('text/plain').send(RATE_LIMITED);
      return;
    case 'proxy-page':
      response.status(200).type('text/html').send(PROXY_PAGE);
      return;
    case 'empty-401':
      response.status(401).end();
      return;
    case 'server-error':
      response.status(what.status).type('text/html').send('<html><body>Something went wrong</body></html>');
      return;
    case 'gone':
      send(response, gone(what.change));
      return;
    case 'redirect':
      response.redirect(302, what.location);
      return;
    case 'hang-up':
      request.socket.destroy();
  }
}
