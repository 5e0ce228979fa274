import { describe, expect, it } from '@jest/globals';
import { accessRows, type Holdings, whatMoreOpens } from '../../../src/core/access.ts';
import type { VersionVerdict } from '../../../src/core/version-gate.ts';

const NOTHING: Holdings = { pat: 'none', login: false, session: false, home: false, database: false };
const SUPPORTED: VersionVerdict = { kind: 'supported' };

function cells(have: Partial<Holdings>, level: string, verdict: VersionVerdict = SUPPORTED): string[] {
  const row = accessRows({ ...NOTHING, ...have }, verdict).find((each) => each.level === level);
  return row === undefined ? [] : [row.read, row.write, row.proof, row.undo];
}

describe('the access table', () => {
  it('has a row for every level', () => {
    expect(accessRows(NOTHING, SUPPORTED).map((row) => row.level)).toEqual(['linked', 'project', 'plan', 'branch', 'shared credential']);
  });

  it('promises nothing to who has nothing', () => {
    for (const level of ['linked', 'project', 'plan']) expect(cells({}, level).every((cell) => cell.startsWith('no: '))).toBe(true);
  });

  it.each([
    ['linked', 'names and usage; type and user name stand in the edit form'],
    ['project', 'names and types; the user name stands in the edit form'],
    ['plan', 'names of plans; their repositories stand on web pages'],
  ])('lets a token alone read names on the level %s, and write nothing', (level, read) => {
    expect(cells({ pat: 'full' }, level)).toEqual([read, 'no: needs a login', 'no: needs a login', 'no: needs a login']);
  });

  it.each(['linked', 'project', 'plan'])('opens the level %s to a login', (level) => {
    expect(cells({ login: true }, level)).toEqual([
      'everything but passwords',
      'by the edit form',
      "the form read again, and Bamboo's connection test",
      'rollback, with the old secret under previous',
    ]);
  });

  it('has no connection test for a read-only token', () => {
    expect(cells({ login: true, pat: 'read-only' }, 'linked')[2]).toContain('no connection test');
  });

  it('refuses writing on a version that does not take tokens, or that can not be read', () => {
    expect(cells({ login: true }, 'linked', { kind: 'unsupported', nearestFix: '10.2.7' })[1]).toBe('no: Bamboo takes API tokens from 10.2.7 on');
    expect(cells({ login: true }, 'linked', { kind: 'unreadable' })[1]).toBe("no: Bamboo's version could not be read");
  });

  it('claims nothing on levels that are not taken yet', () => {
    expect(new Set(cells({ login: true, pat: 'full' }, 'branch'))).toEqual(new Set(['not by this version yet']));
  });
});

describe('what one more thing would open', () => {
  it.each<[Partial<Holdings>, string[]]>([
    [{ pat: 'full', login: true }, []],
    [{}, ['bamboo.login', 'bamboo.rest.token']],
    [{ pat: 'unknown' }, ['bamboo.login']],
    [{ login: true }, ['bamboo.rest.token']],
    [{ login: true, pat: 'read-only' }, ["a personal access token made with its owner's permissions"]],
    [{ pat: 'full', session: true, home: true, database: true }, ['bamboo.login', 'bamboo.login.session', 'bamboo.home', 'bamboo.database']],
  ])('for %j', (have, beginnings) => {
    expect(whatMoreOpens({ ...NOTHING, ...have })).toEqual(beginnings.map((beginning) => expect.stringMatching(new RegExp(`^${beginning}[ ,]`))));
  });
});
