import { describe, expect, it } from '@jest/globals';
import { inferCredential, needsTokenSupport } from '../../../src/core/sides.ts';
import { change } from '../../support/core-samples.ts';

const STATIC = 'x-bitbucket-api-token-auth';

describe('what a user name tells of its password', () => {
  it.each([
    ['bitbucket-cloud', 'buildbot', 'app-password'],
    ['bitbucket-cloud', 'ci@acme.example', 'api-token'],
    ['bitbucket-cloud', STATIC, 'app-password'],
    ['git', 'buildbot', 'app-password'],
    ['git', 'ci@acme.example', 'app-password'],
    ['git', STATIC, 'api-token'],
    ['credentials', 'buildbot', 'app-password'],
    ['credentials', 'ci@acme.example', 'api-token'],
    ['credentials', STATIC, 'api-token'],
  ] as const)('for %s, %s: %s', (kind, username, credential) => {
    expect(inferCredential(kind, username)).toEqual({ kind: credential, username, inferred: true });
  });
});

describe('a change needs a Bamboo that takes API tokens', () => {
  it.each([
    [true, change()],
    [true, change({ kind: 'credentials' })],
    [false, change({ kind: 'git', after: { username: STATIC, credential: 'api-token', token: 'ci' } })],
    [false, change({ kind: 'credentials', after: { username: STATIC, credential: 'api-token', token: 'ci' } })],
    [false, change({ after: { username: 'buildbot', credential: 'app-password', previous: 'buildbot' } })],
  ])('%s: %#', (needed, one) => {
    expect(needsTokenSupport(one)).toBe(needed);
  });
});
