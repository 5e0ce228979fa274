import { describe, expect, it } from '@jest/globals';
import { createBitbucketWorld, mayFetch, secretFor } from '../../../../src/simulator/bitbucket/world.ts';

const workspaces = [{ slug: 'acme', repositories: ['shop'] }];
const now = () => new Date('2026-09-01T00:00:00Z');

describe('a new world', () => {
  it('is the same for the same options', () => {
    const [first, second] = [createBitbucketWorld({ workspaces, now }), createBitbucketWorld({ workspaces, now })];
    expect({ ...first, now: 0 }).toEqual({ ...second, now: 0 });
  });

  it('holds one good token, of the usual length, prefix and ending', () => {
    const world = createBitbucketWorld({ workspaces, now });
    expect(world.tokens.map((token) => token.value)).toEqual([expect.stringMatching(/^ATAT[\w-]{179}=[\w-]{8}$/)]);
    expect(mayFetch(world, 'x-bitbucket-api-token-auth', world.tokens[0]?.value ?? '', 'acme', 'shop')).toEqual({ kind: 'allowed' });
  });

  it('gives every named token its own secret and its own id', () => {
    const { tokens } = createBitbucketWorld({ workspaces, now, tokens: [{ name: 'a' }, { name: 'b', email: 'b@example.com' }] });
    expect(new Set(tokens.flatMap((token) => [token.value, token.tokenId])).size).toBe(4);
    expect(tokens[1]?.email).toBe('b@example.com');
  });
});

describe('secretFor', () => {
  it.each([1, 36, 43, 44, 192])('makes %d characters', (length) => {
    expect(secretFor('ATBB', 'seed', length)).toHaveLength(length);
  });
});
