import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gitPair, type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

describe('the quota', () => {
  let bitbucket: OpenBitbucket;
  let minutes: number;
  beforeEach(async () => {
    minutes = 0;
    const now = () => new Date(Date.UTC(2026, 8, 1, 0, minutes));
    bitbucket = await openBitbucket({ now, tokens: [{ name: 'old' }, { name: 'new' }] });
  });
  afterEach(() => bitbucket.close());

  it('is 1,000 REST requests and 60,000 git operations an hour', () => {
    expect(bitbucket.world.limits).toEqual({ rest: 1_000, git: 60_000 });
  });

  it('is answered as plain text and without Retry-After when it is used up', async () => {
    bitbucket.world.limits = { rest: 1, git: 1 };
    await bitbucket.rest('/user', restPair(bitbucket.token));
    await bitbucket.probe('acme/shop', gitPair(bitbucket.token));
    for (const answer of [await bitbucket.rest('/user', restPair(bitbucket.token)), await bitbucket.probe('acme/shop', gitPair(bitbucket.token))]) {
      expect(answer.status).toBe(429);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      expect(answer.headers.get('retry-after')).toBeNull();
      expect(await answer.text()).toBe('Rate limit for this resource has been exceeded');
    }
  });

  it('belongs to the account: two tokens of one account share it', async () => {
    bitbucket.world.limits.rest = 1;
    const [older, newer] = bitbucket.world.tokens.map(restPair);
    expect((await bitbucket.rest('/user', older)).status).toBe(200);
    expect((await bitbucket.rest('/user', newer)).status).toBe(429);
  });

  it('rolls: what is an hour old counts no more', async () => {
    bitbucket.world.limits.rest = 2;
    const statuses = [];
    for (minutes of [0, 30, 59, 60, 61, 90]) statuses.push((await bitbucket.rest('/user', restPair(bitbucket.token))).status);
    expect(statuses).toEqual([200, 200, 429, 200, 429, 200]);
  });

  it('is not touched by a credential that nobody knows', async () => {
    bitbucket.world.limits.rest = 1;
    await bitbucket.rest('/user', [bitbucket.token.email, 'wrong']);
    expect((await bitbucket.rest('/user', restPair(bitbucket.token))).status).toBe(200);
  });
});
