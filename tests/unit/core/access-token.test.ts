import { describe, expect, it } from '@jest/globals';
import { accessTokenChecks, accessTokenRights } from '../../../src/core/access-token.ts';

const token = (permissions: readonly string[], daysUntilExpiry?: number) => ({
  name: 'ci',
  permissions,
  ...(daysUntilExpiry === undefined ? {} : { daysUntilExpiry }),
});

describe('the rights of a personal access token', () => {
  it.each([
    ['nothing but reading', [token(['READ'])], 'read-only'],
    ['reading in other words', [token(['Read only', 'view'])], 'read-only'],
    ["its owner's rights", [token(['USER'])], 'full'],
    ['reading and more', [token(['READ', 'WRITE'])], 'full'],
    ['what the server does not tell', [token([])], 'unknown'],
    ['no token at all', [], 'unknown'],
    ['the same for all tokens of its owner', [token(['READ']), token(['READ'])], 'read-only'],
    ['different ones, where it is not told which token asked', [token(['READ']), token(['USER'])], 'unknown'],
  ] as const)('are known from %s', (_, tokens, rights) => {
    expect(accessTokenRights(tokens)).toBe(rights);
  });

  it('are told with the days left; a token that runs out soon is a warning', () => {
    expect(accessTokenChecks([token(['USER'], 200)])).toEqual([
      { check: 'access-token', status: 'ok', detail: 'personal access token "ci": USER, 200 days left' },
    ]);
    expect(accessTokenChecks([token(['USER'], 30)])).toMatchObject([{ status: 'warning', remedy: expect.stringContaining('bamboo.rest.token') }]);
    expect(accessTokenChecks([token([])])).toMatchObject([{ status: 'ok', detail: 'personal access token "ci": rights not told' }]);
  });

  it('say when it is not clear which token is meant', () => {
    expect(accessTokenChecks([token(['READ']), token(['USER'])]).at(-1)).toMatchObject({ status: 'unknown' });
    expect(accessTokenChecks([token(['READ']), token(['READ'])])).toHaveLength(2);
  });
});
