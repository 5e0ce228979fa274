import { describe, expect, it } from '@jest/globals';
import { compareLocation } from '../../../src/core/location.ts';

const CASES: ReadonlyArray<readonly [location: string, verdict: string]> = [
  ['https://bitbucket.org/acme/web', 'same'],
  ['https://bitbucket.org/acme/web.git', 'same'],
  ['https://bitbucket.org/Acme/Web/', 'same'],
  ['https://buildbot@bitbucket.org/acme/web.git', 'same'],
  ['https://bitbucket.org/acme/web/src/main/', 'same'],
  ['http://localhost:7990/git/acme/web.git', 'same'],
  ['git@bitbucket.org:acme/web.git', 'same'],
  ['ssh://git@bitbucket.org/acme/web.git', 'same'],
  ['ssh://git@altssh.bitbucket.org:443/acme/web.git', 'same'],
  ['acme/web', 'same'],
  [' acme/web ', 'same'],
  ['https://bitbucket.org/acme/api', 'different'],
  ['https://bitbucket.org/other/web', 'different'],
  ['git@bitbucket.org:acme/web2.git', 'different'],
  ['acme/web-old', 'different'],
  ['https://github.com/acme/web', 'not-comparable'],
  ['git@github.com:acme/web.git', 'not-comparable'],
  ['https://bamboo.example.com/rest/api/latest/repository/7', 'not-comparable'],
  ['https://bitbucket.org/acme', 'not-comparable'],
  ['https://[broken', 'not-comparable'],
  ['Bitbucket Cloud', 'not-comparable'],
  ['', 'not-comparable'],
];

describe('the address of a list', () => {
  it.each(CASES)('%j is %s for acme/web', (location, verdict) => {
    expect(compareLocation(location, 'acme', 'web', 'http://localhost:7990/git')).toBe(verdict);
  });
});
