import { describe, expect, it } from '@jest/globals';
import { accessRows, type Holdings, whatMoreOpens, wholeAccessTable } from '../../../src/core/access.ts';
import type { VersionVerdict } from '../../../src/core/version-gate.ts';

const NOTHING: Holdings = { pat: 'none', login: false, session: false, home: false, database: false };
const SUPPORTED: VersionVerdict = { kind: 'supported' };
const WITH_FORM = ['linked', 'project', 'plan', 'branch', 'shared credential'];
const OF_PROJECT = 'shared credential of a project';
const UNDO = 'rollback, with the old secret under previous';

function cells(have: Partial<Holdings>, level: string, verdict: VersionVerdict = SUPPORTED): string[] {
  const row = accessRows({ ...NOTHING, ...have }, verdict).find((each) => each.level === level);
  return row === undefined ? [] : [row.read, row.write, row.proof, row.undo];
}

describe('the access table', () => {
  it('has a row for every level', () => {
    expect(accessRows(NOTHING, SUPPORTED).map((row) => row.level)).toEqual([...WITH_FORM, OF_PROJECT]);
  });

  it('promises nothing to who has nothing', () => {
    for (const level of [...WITH_FORM, OF_PROJECT]) expect(cells({}, level).every((cell) => cell.startsWith('no: '))).toBe(true);
  });

  it.each([
    ['linked', 'names and usage; type and user name stand in the edit form'],
    ['project', 'names and types; the user name stands in the edit form'],
    ['plan', 'names of plans; their repositories stand on web pages'],
    ['branch', 'names of branches; their overrides stand on web pages'],
    ['shared credential', 'no: it stands on web pages only'],
  ])('lets a token alone read names on the level %s, and write nothing', (level, read) => {
    expect(cells({ pat: 'full' }, level)).toEqual([read, 'no: needs a login', 'no: needs a login', 'no: needs a login']);
  });

  it('lets a token alone write shared credentials of projects, which REST lists and import takes', () => {
    const proof = 'the list read again, where it tells the user name; no connection test without the form';
    expect(cells({ pat: 'full' }, OF_PROJECT)).toEqual([
      'names; the user name where the list tells it',
      'by import, where its user name is known',
      proof,
      UNDO,
    ]);
    expect(cells({ pat: 'read-only' }, OF_PROJECT)[1]).toBe("no: needs a login, or a token with its owner's permissions");
  });

  it.each<[string, Partial<Holdings>]>([
    ['a login', { login: true }],
    ['a token that is let in', { pat: 'full', patOnPages: true }],
  ])('opens every form to %s', (_what, have) => {
    for (const level of WITH_FORM) {
      const [read, write, proof, undo] = cells(have, level);
      expect([read, undo]).toEqual(['everything but passwords', UNDO]);
      expect(write).toBe(level === 'shared credential' ? 'by its form' : 'by the edit form');
      expect(proof).toMatch(/^the form read again, and Bamboo's connection test/);
    }
  });

  it('opens every form to a session for as long as it lasts', () => {
    expect(cells({ session: true }, 'branch')[1]).toBe('by the edit form, while the session lasts');
    expect(cells({ session: true, pat: 'full', patOnPages: true }, 'branch')[1]).toBe('by the edit form');
  });

  it('proves a shared credential through a repository that uses it', () => {
    expect(cells({ login: true }, 'shared credential')[2]).toContain('of a repository that uses it');
    expect(cells({ login: true }, OF_PROJECT)[2]).toContain('of a repository that uses it');
  });

  it('has no connection test for a read-only token', () => {
    expect(cells({ login: true, pat: 'read-only' }, 'linked')[2]).toContain('no connection test');
  });

  it.each<[VersionVerdict, string]>([
    [{ kind: 'unsupported', nearestFix: '10.2.7' }, 'for the Git type only, by the edit form: Bamboo takes API tokens for Bitbucket Cloud from 10.2.7 on'],
    [{ kind: 'unreadable' }, "for the Git type only, by the edit form: Bamboo's version could not be read"],
  ])('leaves the Git type on a version that is %j', (verdict, write) => {
    expect(cells({ login: true }, 'linked', verdict)[1]).toBe(write);
    expect(cells({ pat: 'full' }, 'linked', verdict)[1]).toBe('no: needs a login');
  });

  it('gives home and database what they open, once they are there', () => {
    const home = { pat: 'full', home: true } as const;
    expect(cells(home, 'project')).toEqual([
      'everything but passwords, from the exported document',
      'by import of its exported document',
      'a fresh export compared; no connection test without the form',
      'rollback by the kept document, exact where its secret is encrypted',
    ]);
    expect(cells(home, 'plan')[1]).toBe('no: needs a login');
    expect(cells({ ...home, pat: 'read-only' }, 'linked')[1]).toBe('no: needs a login');
    expect(cells({ database: true }, 'branch')).toEqual(['types and user names, from the database', ...Array(3).fill('no: needs a login')]);
  });

  it('is written down whole, for each thing that a user may have', () => {
    const table = wholeAccessTable();
    expect(table.map(({ have }) => have)).toEqual([
      'read-only PAT',
      'PAT',
      'PAT, where the server lets it into its pages',
      'PAT + login',
      'login alone',
      'session cookie',
      'PAT + home',
      'database + PAT',
    ]);
    expect(table[3]?.rows).toEqual(accessRows({ ...NOTHING, pat: 'full', login: true }, SUPPORTED));
    expect(table[7]?.rows.every(({ read }) => read === 'types and user names, from the database')).toBe(true);
  });
});

describe('what one more thing would open', () => {
  it.each<[Partial<Holdings>, string[]]>([
    [{ pat: 'full', login: true }, ['bamboo.home', 'bamboo.database']],
    [{ pat: 'full', patOnPages: true }, ['bamboo.home', 'bamboo.database']],
    [{}, ['bamboo.login', 'bamboo.rest.token', 'bamboo.home', 'bamboo.database']],
    [{ pat: 'unknown' }, ['bamboo.login', 'bamboo.home', 'bamboo.database']],
    [{ login: true }, ['bamboo.rest.token', 'bamboo.home', 'bamboo.database']],
    [{ session: true }, ['bamboo.login', 'bamboo.rest.token', 'bamboo.home', 'bamboo.database']],
    [{ login: true, pat: 'read-only' }, ["a personal access token made with its owner's permissions", 'bamboo.home', 'bamboo.database']],
    [{ pat: 'full', login: true, home: true, database: true }, []],
  ])('for %j', (have, beginnings) => {
    expect(whatMoreOpens({ ...NOTHING, ...have })).toEqual(beginnings.map((beginning) => expect.stringMatching(new RegExp(`^${beginning}($|[ ,])`))));
  });
});
