import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultKind } from '../../../../src/simulator/bitbucket/world.ts';
import { gitPair, type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

describe('faults', () => {
  let bitbucket: OpenBitbucket;
  beforeEach(async () => {
    bitbucket = await openBitbucket();
  });
  afterEach(() => bitbucket.close());

  const user = () => bitbucket.rest('/user', restPair(bitbucket.token));
  const arrange = (what: FaultKind) => bitbucket.world.faults.push({ side: 'both', path: '/', times: 1, what });

  it.each<[FaultKind, number, string, string]>([
    [{ kind: 'rate-limit' }, 429, 'text/plain', 'Rate limit'],
    [{ kind: 'proxy-page' }, 200, 'text/html', 'Corporate proxy'],
    [{ kind: 'empty-401' }, 401, '', ''],
    [{ kind: 'server-error', status: 503 }, 503, 'text/html', 'went wrong'],
    [{ kind: 'gone', change: 'CHANGE-9999' }, 410, 'application/json', 'CHANGE-9999 - Functionality has been deprecated'],
  ])('%j comes once, and then the truth again', async (what, status, type, text) => {
    arrange(what);
    const answer = await user();
    expect([answer.status, answer.headers.get('content-type') ?? '']).toEqual([status, expect.stringContaining(type)]);
    expect(await answer.text()).toContain(text);
    expect((await user()).status).toBe(200);
  });

  it('may bring a Retry-After after all', async () => {
    arrange({ kind: 'rate-limit', retryAfterSeconds: 7 });
    expect((await user()).headers.get('retry-after')).toBe('7');
  });

  it('may lead to another host', async () => {
    arrange({ kind: 'redirect', location: 'http://elsewhere.example/' });
    const answer = await bitbucket.probe('acme/shop', gitPair(bitbucket.token));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://elsewhere.example/']);
  });

  it('may drop the connection, and the log says that nothing was answered', async () => {
    arrange({ kind: 'hang-up' });
    await expect(user()).rejects.toThrow();
    expect(bitbucket.world.log).toMatchObject([{ path: '/2.0/user', status: 0 }]);
  });

  it('keep to their side and their path', async () => {
    bitbucket.world.faults.push({ side: 'git', path: '/acme/shop', times: 9, what: { kind: 'server-error', status: 500 } });
    const statuses = [];
    for (const answer of [
      await bitbucket.rest('/repositories/acme/shop', restPair(bitbucket.token)),
      await bitbucket.probe('acme/stock', gitPair(bitbucket.token)),
      await bitbucket.probe('acme/shop', gitPair(bitbucket.token)),
    ])
      statuses.push(answer.status);
    expect(statuses).toEqual([200, 200, 500]);
  });
});
