import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gitPair, type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

describe('the request log', () => {
  let bitbucket: OpenBitbucket;
  beforeEach(async () => {
    bitbucket = await openBitbucket();
  });
  afterEach(() => bitbucket.close());

  it('says who asked what and how it was answered', async () => {
    await bitbucket.rest('/user/workspaces?pagelen=100', restPair(bitbucket.token));
    await bitbucket.probe('acme/nowhere', gitPair(bitbucket.token));
    await bitbucket.probe('acme/shop');
    expect(bitbucket.world.log).toMatchObject([
      { side: 'rest', method: 'GET', path: '/2.0/user/workspaces?pagelen=100', status: 200, userName: 'build-bot@example.com', token: 'token-1' },
      { side: 'git', path: '/acme/nowhere.git/info/refs?service=git-upload-pack', status: 401, userName: 'x-bitbucket-api-token-auth', token: 'token-1' },
      { side: 'git', path: '/acme/shop.git/info/refs?service=git-upload-pack', status: 401, userName: '', token: undefined },
    ]);
  });

  it('never holds a secret, wherever it was sent', async () => {
    const { value } = bitbucket.token;
    await bitbucket.rest('/user', [bitbucket.token.email, value]);
    await bitbucket.rest('/user', [value, value]);
    await bitbucket.probe('acme/shop', [` ${value}`, '']);
    await fetch(`${bitbucket.url}/2.0/user`, { headers: { authorization: `Bearer ${value}` } });
    const written = JSON.stringify(bitbucket.world.log);
    expect(bitbucket.world.log).toHaveLength(4);
    expect(written).not.toContain(value.slice(4, 60));
  });
});
