import type { NextFunction, Request, Response } from 'express';
import { unreachable } from '../../simulator-error.ts';
import type { BambooContext } from '../context.ts';
import { incomingOf } from '../incoming.ts';
import { PROXY_PAGE, systemErrorPage } from '../pages/error-pages.ts';
import { tellRate } from '../rate-limit.ts';
import { subjectOf } from '../subject.ts';
import type { FaultRequest } from './faults.ts';
import { beforeTheEnd } from './intercept.ts';

/** Lets a request meet the fault that waits for it. */
export function meetFaults(context: BambooContext): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const fault = context.faults.take({ method: request.method, path: request.originalUrl, repositoryId: subjectOf(context, request, response) });
    if (fault === null) return next();
    response.locals.fault = fault;
    meet(context, fault, request, response, next);
  };
}

/** The fault that the request under way has met. */
export function faultOf(response: Response): FaultRequest | null {
  return (response.locals.fault as FaultRequest | undefined) ?? null;
}

function meet(context: BambooContext, fault: FaultRequest, request: Request, response: Response, next: NextFunction): void {
  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'unauthorized':
    case 'forbidden':
    case 'rate-limit':
    case 'xml-error':
    case 'html-instead-of-json':
    case 'error-page':
      return answerAtOnce(fault, response);
    case 'session-lost':
      context.sessions.endAll();
      return next();
    case 'answer-lost':
    case 'page-cut':
    case 'error-page-after-write':
      spoilAnswer(fault.kind, response);
      return next();
    case 'save-ignored':
    case 'save-resets-setting':
    case 'save-creates-second':
      return next();
    default:
      return unreachable(fault.kind);
  }
}

function answerAtOnce(fault: FaultRequest, response: Response): void {
  if (fault.kind === 'unauthorized') response.status(401).json({ message: 'Client must be authenticated to access this resource.', 'status-code': 401 });
  if (fault.kind === 'forbidden') response.status(403).json({ message: 'You do not have permission to do this.', 'status-code': 403 });
  if (fault.kind === 'xml-error') response.status(200).type('application/xml').send(XML_ERROR);
  if (fault.kind === 'html-instead-of-json') response.status(200).type('html').send(PROXY_PAGE);
  if (fault.kind === 'error-page')
    response
      .status(500)
      .type('html')
      .send(systemErrorPage(incomingOf(response)));
  if (fault.kind === 'rate-limit') {
    response.set('Retry-After', String(fault.retryAfterSeconds));
    tellRate(response, { limit: 100, fillRate: 10, intervalSeconds: 60 }, 0);
    response.status(429).json({ message: 'Rate limit exceeded.', 'status-code': 429 });
  }
}

/** An XML error body may come with status 200 [T]. */
const XML_ERROR = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>500</status-code><message>Internal error</message></status>';

function spoilAnswer(kind: 'answer-lost' | 'page-cut' | 'error-page-after-write', response: Response): void {
  const incoming = incomingOf(response);
  beforeTheEnd(response, (body) => {
    if (kind === 'answer-lost') {
      response.req.socket.resetAndDestroy();
      return null;
    }
    if (kind === 'page-cut') return body.slice(0, Math.floor(body.length * 0.6));
    response.status(500).type('html').removeHeader('Location');
    return systemErrorPage(incoming);
  });
}
