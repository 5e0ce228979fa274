import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

const INVALID = { type: 'error', error: { message: 'Token is invalid, expired, or not supported for this endpoint.' } };

describe('REST credentials', () => {
  let bitbucket: OpenBitbucket;
  beforeEach(async () => {
    bitbucket = await openBitbucket({ now: () => new Date('2026-09-01T00:00:00Z') });
  });
  afterEach(() => bitbucket.close());

  const user = (userName: string, password: string) => bitbucket.rest('/user', [userName, password]);

  it('know the Atlassian email with the token', async () => {
    const answer = await user(...restPair(bitbucket.token));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ uuid: bitbucket.token.account.uuid, nickname: 'build-bot', display_name: 'Build Bot' });
  });

  it('are told in the headers of a good answer', async () => {
    const { headers } = await user(...restPair(bitbucket.token));
    expect(headers.get('x-oauth-scopes')).toBe(bitbucket.token.scopes.join(', '));
    expect(headers.get('x-credential-type')).toBe('api_token');
    expect(headers.get('x-token-id')).toBe(bitbucket.token.tokenId);
    expect(headers.get('x-accepted-oauth-scopes')).toContain('account');
  });

  it.each([
    ['the Bitbucket user name', 'build-bot'],
    ['the static name of git', 'x-bitbucket-api-token-auth'],
    ['the name of the token', 'token-1'],
    ['another email', 'somebody@example.com'],
  ])('do not know the token beside %s', async (_what, userName) => {
    const answer = await user(userName, bitbucket.token.value);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual(INVALID);
    expect(answer.headers.get('x-oauth-scopes')).toBeNull();
  });

  it.each([
    ['wrong', () => undefined],
    ['revoked', () => Object.assign(bitbucket.token, { revoked: true })],
    ['expired', () => Object.assign(bitbucket.world, { now: () => bitbucket.token.expires })],
  ])('answer the same to a token that is %s', async (what, spoil) => {
    spoil();
    const answer = await user(bitbucket.token.email, what === 'wrong' ? `${bitbucket.token.value}x` : bitbucket.token.value);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual(INVALID);
  });

  it('let a token live until the moment of its expiry', async () => {
    bitbucket.world.now = () => new Date(bitbucket.token.expires.getTime() - 1);
    expect((await user(...restPair(bitbucket.token))).status).toBe(200);
  });

  it('refuse a token without Bitbucket scopes with an error that is a string', async () => {
    bitbucket.token.scopes = [];
    const answer = await user(...restPair(bitbucket.token));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: 'API Token provided has no Bitbucket scopes.' });
  });

  it('refuse Bearer and a request without any', async () => {
    const bearer = await fetch(`${bitbucket.url}/2.0/user`, { headers: { authorization: `Bearer ${bitbucket.token.value}` } });
    expect([bearer.status, (await bitbucket.rest('/user')).status]).toEqual([401, 401]);
  });

  it('take an app password with the Bitbucket user name until its end, and in no brownout', async () => {
    const password = bitbucket.world.appPasswords[0]?.value ?? '';
    const statuses = [];
    for (const [now, brownout] of [
      ['2026-07-27T23:59:59Z', false],
      ['2026-07-27T23:59:59Z', true],
      ['2026-07-28T00:00:00Z', false],
    ] as const) {
      bitbucket.world.now = () => new Date(now);
      bitbucket.world.appPasswordBrownout = brownout;
      statuses.push((await user('build-bot', password)).status);
    }
    expect(statuses).toEqual([200, 401, 401]);
  });
});

describe('scopes', () => {
  let bitbucket: OpenBitbucket;
  beforeEach(async () => {
    bitbucket = await openBitbucket();
  });
  afterEach(() => bitbucket.close());

  it.each([
    ['/user', 'read:user:bitbucket'],
    ['/user/workspaces', 'read:workspace:bitbucket'],
    ['/workspaces/acme', 'read:workspace:bitbucket'],
    ['/user/workspaces/acme/permissions/repositories', 'read:repository:bitbucket'],
    ['/repositories/acme/shop', 'read:repository:bitbucket'],
  ])('%s needs %s and says so', async (path, scope) => {
    bitbucket.token.scopes = ['write:repository:bitbucket'];
    const refused = await bitbucket.rest(path, restPair(bitbucket.token));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: { required: [scope], granted: ['write:repository:bitbucket'] },
      },
    });
    expect(refused.headers.get('x-oauth-scopes')).toBe('write:repository:bitbucket');
    expect(refused.headers.get('x-token-id')).toBe(bitbucket.token.tokenId);
    bitbucket.token.scopes = [scope];
    expect((await bitbucket.rest(path, restPair(bitbucket.token))).status).toBe(200);
  });
});
