import { type Request, type Response, Router } from 'express';
import { type Caller, callerOverRest } from '../caller.ts';
import { credentialOf } from '../credential.ts';
import type { BitbucketWorld } from '../model.ts';
import { failed, gone, type RestAnswer } from './answer.ts';
import { pageFrom } from './paging.ts';
import { listWorkspaces, readUser, readWorkspace } from './people.ts';
import { readRepository, sweepPermissions } from './repositories.ts';
import { send } from './send.ts';

// The cross-workspace endpoints went on 14 Apr 2026 [D].
const REMOVED = ['/user/permissions/repositories', '/user/permissions/workspaces', '/workspaces', '/repositories'];

/** The calls under `/2.0`. */
export function restRouter(world: BitbucketWorld): Router {
  const router = Router();
  router.get(REMOVED, (_request, response) => send(response, gone('CHANGE-2770')));
  router.get(
    '/user',
    answering(world, (caller) => readUser(world, caller)),
  );
  router.get(
    '/user/workspaces',
    answering(world, (caller, request) => listWorkspaces(world, caller, pageOf(request))),
  );
  router.get(
    '/user/workspaces/:workspace/permissions/repositories',
    answering(world, (caller, request) => sweepPermissions(world, caller, named(request, 'workspace'), pageOf(request))),
  );
  router.get(
    '/workspaces/:workspace',
    answering(world, (caller, request) => readWorkspace(world, caller, named(request, 'workspace'), baseOf(request))),
  );
  router.get(
    '/repositories/:workspace/:slug',
    answering(world, (caller, request) => readRepository(world, caller, named(request, 'workspace'), named(request, 'slug'), baseOf(request))),
  );
  router.use((_request, response) => send(response, failed(404, 'Resource not found')));
  return router;
}

function answering(world: BitbucketWorld, answer: (caller: Caller, request: Request) => RestAnswer) {
  return (request: Request, response: Response): void => {
    const { userName, password } = credentialOf(request);
    send(response, answer(callerOverRest(world, userName, password), request));
  };
}

function named(request: Request, parameter: string): string {
  return String(request.params[parameter]);
}

function baseOf(request: Request): string {
  return `${request.protocol}://${request.get('host')}${request.baseUrl}`;
}

function pageOf(request: Request) {
  return pageFrom(request.query, `${baseOf(request)}${request.path}`);
}
