import { describe, expect, it } from '@jest/globals';
import { type GlobText, matchesGlob } from '../../../src/core/glob.ts';

const CASES: ReadonlyArray<readonly [pattern: string, value: string, text: GlobText, matches: boolean]> = [
  ['web', 'web', 'name', true],
  ['Web', 'web', 'name', false],
  ['web-*', 'web-api', 'name', true],
  ['web-?', 'web-1', 'name', true],
  ['{web,api}', 'api', 'name', true],
  ['*', 'team/web', 'name', true],
  ['*', '.hidden', 'name', true],
  ['*', '..', 'name', true],
  ['*', 'two\nlines', 'name', true],
  ['*', 'größe 日本', 'name', true],
  ['*@*', 'ci@acme.example', 'name', true],
  ['web (old)', 'web (old)', 'name', true],
  ['[x] web', '[x] web', 'name', true],
  ['!web', 'api', 'name', false],
  ['', 'web', 'name', false],
  ['', '', 'name', true],
  ['acme/*', 'acme/web', 'address', true],
  ['acme/*', 'acme/web/deep', 'address', false],
  ['*/web-*', 'Acme/Web-1', 'address', true],
  ['web-*', 'web-team/api', 'address', false],
  ['**', 'acme/web', 'address', true],
  ['WEB*', 'web1', 'key', true],
  ['WEB', 'WEB1', 'key', false],
];

describe('globs', () => {
  it.each(CASES)('%j against %j as %s: %s', (pattern, value, text, matches) => {
    expect(matchesGlob(pattern, value, text)).toBe(matches);
  });

  it('matches nothing where there is no value', () => {
    expect(matchesGlob('*', undefined, 'name')).toBe(false);
  });
});
