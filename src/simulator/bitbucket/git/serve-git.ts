import type { Request, Response } from 'express';
import { credentialOf } from '../credential.ts';
import { mayFetch } from '../may-fetch.ts';
import type { BitbucketWorld } from '../model.ts';
import { advertisement } from './advertisement.ts';
import { type CgiAnswer, runHttpBackend } from './http-backend.ts';
import { templateFolder } from './template.ts';

/** Git over HTTPS for every repository of the world: who may fetch is asked on each request, the rest is git's own server. */
export function serveGit(world: BitbucketWorld) {
  return async (request: Request, response: Response): Promise<void> => {
    const { userName, password } = credentialOf(request);
    const slug = part(request, 'repository').replace(/\.git$/, '');
    const verdict = mayFetch(world, userName, password, part(request, 'workspace'), slug, 'operator');
    if (verdict.kind === 'refused') refuse(response, verdict.status, verdict.text);
    else pass(response, await answerOf(world, request).catch(withoutGit));
  };
}

function answerOf(world: BitbucketWorld, request: Request): Promise<CgiAnswer> {
  const path = [request.params.rest].flat().join('/');
  const protocol = request.get('git-protocol') ?? '';
  const probes = request.method === 'GET' && path === 'info/refs' && request.query.service === 'git-upload-pack';
  return probes ? advertisement(world, protocol) : converse(world, request, path, protocol);
}

async function converse(world: BitbucketWorld, request: Request, path: string, protocol: string): Promise<CgiAnswer> {
  return runHttpBackend({
    body: request,
    variables: {
      GIT_PROJECT_ROOT: await templateFolder(world),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/template.git/${path}`,
      QUERY_STRING: new URL(request.originalUrl, 'http://bitbucket').search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.get('content-type') ?? '',
      HTTP_CONTENT_ENCODING: request.get('content-encoding') ?? '',
      HTTP_GIT_PROTOCOL: protocol,
    },
  });
}

function withoutGit(cause: unknown): CgiAnswer {
  const body = Buffer.from(`The simulator could not run git, which it needs to serve repositories: ${String(cause)}\n`);
  return { status: 500, headers: { 'content-type': 'text/plain' }, body };
}

function pass(response: Response, answer: CgiAnswer): void {
  response.status(answer.status).set(answer.headers).end(answer.body);
}

function refuse(response: Response, status: number, text: string): void {
  if (status === 401) response.set('www-authenticate', 'Basic realm="Bitbucket.org HTTP"');
  response.status(status).type('text/plain').send(text);
}

function part(request: Request, name: string): string {
  return String(request.params[name]);
}
