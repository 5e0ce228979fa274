import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createBitbucket } from '../../../src/bitbucket/bitbucket.ts';
import { Secret } from '../../../src/core/secret.ts';
import { createTransport } from '../../../src/http/transport.ts';

/** Literal answers of the real hosts, as bitbucket-wire.md has them, met by the real transport: nothing here goes over the network. */
describe('answers recorded from Bitbucket Cloud', () => {
  const transport = createTransport({ env: {}, timeoutMs: 2000, maxBytes: 100_000, maxSockets: 2 });
  const bitbucket = createBitbucket({
    http: transport,
    retry: (http) => http,
    clock: { now: () => new Date('2026-11-24T10:00:00Z'), sleep: async () => undefined },
    api: 'https://api.bitbucket.org/2.0',
    git: 'https://bitbucket.org',
  });
  const pair = { username: 'ci@acme.example', secret: new Secret('ATATrecorded') };

  beforeAll(() => nock.disableNetConnect());

  // Node's own modules are shared by all test files of a worker.
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([]);
    nock.cleanAll();
  });

  it('takes the 401 with the words about the token for a refusal', async () => {
    nock('https://api.bitbucket.org')
      .get('/2.0/user')
      .basicAuth({ user: 'ci@acme.example', pass: 'ATATrecorded' })
      .reply(401, { type: 'error', error: { message: 'Token is invalid, expired, or not supported for this endpoint.' } });
    expect(await bitbucket.identity(pair)).toMatchObject({ kind: 'bad' });
  });

  it('tells a token without Bitbucket scopes, whose error is a string', async () => {
    nock('https://api.bitbucket.org').get('/2.0/user').reply(401, { error: 'API Token provided has no Bitbucket scopes.' });
    expect(await bitbucket.identity(pair)).toMatchObject({ kind: 'bad', why: expect.stringMatching(/scope/i) });
  });

  it('asks git with the static user name, and knows the advertisement by its first bytes', async () => {
    nock('https://bitbucket.org')
      .get('/acme/shop.git/info/refs?service=git-upload-pack')
      .basicAuth({ user: 'x-bitbucket-api-token-auth', pass: 'ATATrecorded' })
      .reply(200, '001e# service=git-upload-pack\n0000', { 'content-type': 'application/x-git-upload-pack-advertisement' });
    expect(await bitbucket.probe(pair.secret, 'acme', 'shop')).toMatchObject({ kind: 'good' });
  });

  it('survives a connection that is reset', async () => {
    nock('https://bitbucket.org')
      .get('/acme/shop.git/info/refs?service=git-upload-pack')
      .replyWithError(Object.assign(new RangeError('reset'), { code: 'ECONNRESET' }));
    expect(await bitbucket.probe(pair.secret, 'acme', 'shop')).toMatchObject({ kind: 'undecided' });
  });
});
