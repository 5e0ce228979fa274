import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createBitbucket } from '../../../src/bitbucket/bitbucket.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Http } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/core/secret.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type LocalServer, startServer } from '../../support/local-server.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { scriptedHttp } from '../../support/scripted-http.ts';

const once = { retry: (http: Http) => http, clock: createManualClock() };
const TOKEN = new Secret('ATATcanary');
const BASIC = (username: string) => `Basic ${Buffer.from(`${username}:ATATcanary`).toString('base64')}`;
let site: LocalServer;
let elsewhere: LocalServer;
let seen: string[] = [];

beforeAll(async () => {
  elsewhere = await startServer((request, response) => {
    seen.push(`elsewhere ${request.headers.authorization}`);
    response.end();
  });
  site = await startServer((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization}`);
    if (request.url === '/2.0/user') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"uuid":"{1}"}');
    if (request.url?.startsWith('/moved/')) return void response.writeHead(302, { location: elsewhere.url }).end();
    response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' });
    response.write('001e# service=git-upload-pack\n0000');
    response.write('x'.repeat(1000));
  });
});
afterAll(() => Promise.all([site.close(), elsewhere.close()]));
beforeEach(() => {
  seen = [];
});

function bitbucket() {
  const http = createTransport({ env: {}, timeoutMs: 2_000, maxBytes: 10_000, maxSockets: 2 });
  return createBitbucket({ http, ...once, api: `${site.url}/2.0`, git: site.url });
}

describe('createBitbucket', () => {
  it('asks for the identity with email and token', async () => {
    expect(await bitbucket().identity({ username: 'ci@acme.example', secret: TOKEN })).toEqual({ kind: 'good', account: '{1}' });
    expect(seen).toEqual([`/2.0/user ${BASIC('ci@acme.example')}`]);
  });

  it('asks git with the static user name at once, and leaves after the first bytes of an answer that does not end', async () => {
    expect(await bitbucket().probe(TOKEN, 'acme', 'web app')).toEqual({ kind: 'good' });
    expect(seen).toEqual([`/acme/web%20app.git/info/refs?service=git-upload-pack ${BASIC('x-bitbucket-api-token-auth')}`]);
  });

  it('takes the token to no other host', async () => {
    expect(await bitbucket().probe(TOKEN, 'moved', 'web')).toMatchObject({ kind: 'undecided' });
    expect(seen).toEqual([`/moved/web.git/info/refs?service=git-upload-pack ${BASIC('x-bitbucket-api-token-auth')}`]);
  });

  it.each(['SERVER_UNREACHABLE', 'TLS_REFUSED'] as const)('decides nothing when Bitbucket is out of reach: %s', async (code) => {
    const cut = createBitbucket({ http: scriptedHttp(new RekeyError(code, 'No way there.')), ...once, api: site.url, git: site.url });
    expect(await cut.identity({ username: 'a@b', secret: TOKEN })).toMatchObject({
      kind: 'undecided',
      cause: 'unreachable',
      why: 'No way there.',
      remedy: expect.stringMatching(/./),
    });
  });

  it('lets an interrupt through', async () => {
    await expect(bitbucket().probe(TOKEN, 'acme', 'web', AbortSignal.abort())).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
