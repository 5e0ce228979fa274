import { describe, expect, it } from '@jest/globals';
import { findMentions } from '../../../../src/core/log-diagnosis/mentions.ts';

function only(text: string) {
  const [mention, ...others] = findMentions(text);
  expect(others).toEqual([]);
  return { call: undefined, user: undefined, ...mention, at: undefined };
}

describe('an address of a repository', () => {
  const shop = { workspace: 'acme', slug: 'shop' };
  it.each([
    ['https://bitbucket.org/acme/shop.git', shop],
    ["'https://bitbucket.org/acme/shop.git/':", shop],
    ['https://bitbucket.org/acme/shop.', shop],
    ['(https://bitbucket.org/acme/shop)', shop],
    ['https://bitbucket.org:443/acme/shop/info/refs?service=git-upload-pack', shop],
    ['https://WWW.Bitbucket.org/acme/shop', shop],
    ['git@bitbucket.org:acme/shop.git', shop],
    ['ssh://git@altssh.bitbucket.org:443/acme/shop.git', { ...shop, user: 'git' }],
    ['https://buildbot@bitbucket.org/acme/shop.git', { ...shop, user: 'buildbot' }],
    ['https://buildbot:hunter2@bitbucket.org/acme/shop.git', { ...shop, user: 'buildbot' }],
    ['https://ci%40acme.example:hunter2@bitbucket.org/acme/shop.git', { ...shop, user: 'ci@acme.example' }],
    ['https://ci@acme.example@bitbucket.org/acme/shop.git', { ...shop, user: 'ci@acme.example' }],
    ['https://ci@acme.example:hunter2@bitbucket.org/acme/shop.git', { ...shop, user: 'ci@acme.example' }],
    ['https://bitbucket.org/acme/a_b.c-d~1', { workspace: 'acme', slug: 'a_b.c-d~1' }],
    ['https://bitbucket.org/acme', { workspace: 'acme' }],
    ['https://bitbucket.org/account/settings/app-passwords/', {}],
  ])('%s', (text, expected) => {
    expect(only(text)).toEqual(expected);
  });

  it.each(['https://bitbucket.org.evil.example/acme/shop', 'https://my-bitbucket.org/acme/shop', 'bitbucket.org', 'bitbucket.org:secret-of-somebody'])(
    'is not %s',
    (text) => {
      expect(findMentions(text)).toEqual([]);
    },
  );

  it('says the same wherever and however often it stands, and whatever its query', () => {
    const address = 'https://buildbot@bitbucket.org/acme/shop';
    const told = { workspace: 'acme', slug: 'shop', user: 'buildbot' };
    expect(findMentions(`a ${address}?page=1#x ${address}?page=https://bitbucket.org/a/b 'not${address}'`)).toMatchObject([told, told, told]);
  });

  it('stands where its host stands', () => {
    expect(findMentions('a https://x@bitbucket.org/a/b, https://bitbucket.org/c/d').map(({ at, slug }) => [at, slug])).toEqual([
      [12, 'b'],
      [39, 'd'],
    ]);
  });
});

describe('a call', () => {
  it.each([
    ['repositories/acme/shop', { workspace: 'acme', slug: 'shop' }],
    ['repositories/acme?pagelen=100', { workspace: 'acme' }],
    ['workspaces/acme:', { workspace: 'acme' }],
    ['user/workspaces/acme/permissions/repositories?pagelen=100', { workspace: 'acme' }],
    ['users/ci@acme.example,', { user: 'ci@acme.example' }],
    ['user/permissions/repositories', {}],
  ])('%s', (path, expected) => {
    const { call, ...rest } = only(`https://api.bitbucket.org/2.0/${path}`);
    expect(rest).toEqual(expected);
    expect(call).not.toContain('?');
  });
});

describe('a secret', () => {
  it.each([
    'https://x:qq/zz@bitbucket.org/acme/shop',
    "https://x:qq'zz@bitbucket.org/acme/shop",
    'https://x:qq zz@bitbucket.org/acme/shop',
    'https://x:qq@zz@bitbucket.org/acme/shop',
    'https://x:qq:zz@bitbucket.org/acme/shop',
    'https://x:qq://zz@bitbucket.org/acme/shop',
    'https://x:qq%40zz@bitbucket.org/acme/shop',
    'https://bitbucket.org/acme/shop?access_token=qqzz',
  ])('is no part of what is told: %s', (text) => {
    const [mention] = findMentions(text);
    expect(mention).toMatchObject({ workspace: 'acme', slug: 'shop' });
    expect(JSON.stringify(mention)).not.toMatch(/qq|zz/);
  });

  it('in the place of a user name is hidden, and in a path it is left out', () => {
    for (const secret of ['ATATT3xFfGF0', 'ATBBx', 'ATCTx', 'BAMSCRT@0@0@x']) {
      expect(only(`https://${encodeURIComponent(secret)}@bitbucket.org/acme/shop`).user).toBe('[secret]');
      expect(only(`https://bitbucket.org/${secret}/shop`)).toEqual({});
      expect(only(`https://bitbucket.org/acme/${secret}`)).toEqual({ workspace: 'acme' });
    }
  });
});
