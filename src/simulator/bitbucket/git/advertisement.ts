import { Readable } from 'node:stream';
import type { BitbucketWorld } from '../model.ts';
import { type CgiAnswer, runHttpBackend } from './http-backend.ts';
import { templateFolder } from './template.ts';

const known = new WeakMap<BitbucketWorld, Map<string, Promise<CgiAnswer>>>();

/** The refs that git's own server advertises, asked once per protocol version: a probe of 10,000 repositories starts no 10,000 processes. */
export function advertisement(world: BitbucketWorld, protocol: string): Promise<CgiAnswer> {
  const answers = known.get(world) ?? new Map<string, Promise<CgiAnswer>>();
  known.set(world, answers);
  const answer = answers.get(protocol) ?? askGit(world, protocol);
  answers.set(protocol, answer);
  return answer;
}

async function askGit(world: BitbucketWorld, protocol: string): Promise<CgiAnswer> {
  return runHttpBackend({
    body: Readable.from([]),
    variables: {
      GIT_PROJECT_ROOT: await templateFolder(world),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: '/template.git/info/refs',
      QUERY_STRING: 'service=git-upload-pack',
      REQUEST_METHOD: 'GET',
      HTTP_GIT_PROTOCOL: protocol,
    },
  });
}
