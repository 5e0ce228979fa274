import { describe, expect, it } from '@jest/globals';
import type { Selection } from '../../../src/core/config.ts';
import type { InventoryItem } from '../../../src/core/inventory.ts';
import { alsoNeeded, selects, selectsAll } from '../../../src/core/selection.ts';
import { change, item, usage } from '../../support/core-samples.ts';

const OF_PROJECT = item({ level: 'project', project: 'WEB' });
const OF_PLAN = item({ level: 'plan', project: 'WEB', plan: 'WEB-MAIN' });
const OF_BRANCH = item({ level: 'branch', project: 'WEB', plan: 'WEB-MAIN4' });
const USED = item({ usedBy: usage('WEB', 'API') });
const SHARED = item({ object: 'shared-credential', kind: 'credentials', usedBy: usage('WEB') });

const CASES: ReadonlyArray<readonly [why: string, selection: Selection, item: InventoryItem, taken: boolean]> = [
  ['no flags take everything', {}, USED, true],
  ['empty flags take everything', { project: [], level: [] }, USED, true],
  ['a project takes what it owns', { project: ['WEB'] }, OF_PROJECT, true],
  ['a project takes what its plans own', { project: ['WEB'] }, OF_PLAN, true],
  ['a project takes what its branches own', { project: ['WEB'] }, OF_BRANCH, true],
  ['a project key is the same in lower case', { project: ['web'] }, OF_PLAN, true],
  ['a project key is no beginning of a key', { project: ['WE'] }, OF_PLAN, false],
  ['a project key is no glob', { project: ['*'] }, OF_PLAN, false],
  ['a project leaves what another owns', { project: ['API'] }, OF_PROJECT, false],
  ['a project leaves what it merely uses', { project: ['WEB'] }, USED, false],
  ['a project takes what it uses on demand', { project: ['WEB'], includeUsed: true }, USED, true],
  ['a project takes used shared credentials on demand', { project: ['WEB'], includeUsed: true }, SHARED, true],
  ['a project leaves what only others use, also on demand', { project: ['DB'], includeUsed: true }, USED, false],
  ['a project takes what may be used, on demand', { project: ['WEB'], includeUsed: true }, item({ usedBy: null }), true],
  ['values of one flag are OR', { project: ['API', 'WEB'] }, OF_PROJECT, true],
  ['different flags are AND', { project: ['WEB'], level: ['plan'] }, OF_PROJECT, false],
  ['levels select', { level: ['plan', 'branch'] }, OF_BRANCH, true],
  ['kinds select', { kind: ['git'] }, USED, false],
  ['the kind credentials takes shared credentials, whatever uses them', { kind: ['credentials'] }, SHARED, true],
  ['workspaces select, in any case', { workspace: ['ACME'] }, USED, true],
  ['an unknown workspace is in none', { workspace: ['acme'] }, withoutWorkspace(), false],
  ['a glob takes names', { repository: ['we?'] }, USED, true],
  ['a glob takes addresses', { repository: ['acme/*'] }, USED, true],
  ['one of several globs is enough', { repository: ['x', 'w*'] }, USED, true],
  ['no glob fits', { repository: ['api*', 'other/*'] }, USED, false],
];

function withoutWorkspace(): InventoryItem {
  const { workspace: _workspace, ...rest } = SHARED;
  return rest;
}

describe('a selection', () => {
  it.each(CASES)('%s', (_why, selection, object, taken) => {
    expect(selects(selection, object)).toBe(taken);
  });

  it.each<[string, Selection, boolean]>([
    ['its name', { repository: ['w*'] }, true],
    ['the addresses of all its users', { repository: ['acme/*'] }, true],
    ['the address of one of its users', { repository: ['acme/api'] }, false],
    ['the workspaces of all its users', { workspace: ['acme'] }, true],
    ['another workspace', { workspace: ['beta'] }, false],
    ['its kind', { kind: ['credentials'] }, true],
    ['the kind of its users', { kind: ['bitbucket-cloud'] }, false],
  ])('takes a shared credential by %s: %j %s', (_what, selection, taken) => {
    const users = ['api', 'app'].map((slug) => ({ object: 'repository' as const, id: slug, level: 'global' as const, name: slug, workspace: 'acme', slug }));
    expect(selects(selection, change({ object: 'shared-credential', kind: 'credentials', slug: 'api', users }))).toBe(taken);
  });

  it('looks at the changes of a plan as at inventory items', () => {
    expect(selects({ project: ['WEB'], includeUsed: true }, change())).toBe(true);
    expect(selects({ project: ['WEB'] }, change())).toBe(false);
  });

  it('knows when it leaves nothing out', () => {
    expect(selectsAll({ repository: [], includeUsed: true })).toBe(true);
    expect(selectsAll({ kind: ['git'] })).toBe(false);
  });
});

describe('what a selected project merely uses', () => {
  it('is listed with the number of other projects it serves, in order', () => {
    const items = [
      item({ id: '2', name: 'b', usedBy: usage('WEB', 'API', 'DB') }),
      item({ id: '1', name: 'a', usedBy: usage('WEB', 'API') }),
      item({ id: '3', name: 'c', usedBy: usage('API') }),
      OF_PROJECT,
    ];
    const rows = alsoNeeded({ project: ['WEB'] }, items);
    expect(rows.map(({ id, why }) => [id, why])).toEqual([
      ['1', 'also needed, serves 1 other project'],
      ['2', 'also needed, serves 2 other projects'],
    ]);
  });

  it('counts the projects outside the selection only', () => {
    expect(alsoNeeded({ project: ['WEB', 'API'] }, [USED])[0]?.why).toBe('also needed, serves 0 other projects');
  });

  it('serves plans, too, that this account may not see', () => {
    const hidden = item({ usedBy: { ...usage('WEB'), inaccessiblePlans: 3 } });
    expect(alsoNeeded({ project: ['WEB'] }, [hidden])[0]?.why).toBe('also needed, serves 0 other projects, and 3 plans that this account may not see');
  });

  it('may be more than is known, and says so', () => {
    expect(alsoNeeded({ project: ['WEB'] }, [item({ usedBy: null })])[0]?.why).toContain('could not be read');
  });

  it('obeys the other flags', () => {
    expect(alsoNeeded({ project: ['WEB'], kind: ['git'] }, [USED])).toEqual([]);
  });

  it('is not listed where it is taken, and not without a project', () => {
    expect(alsoNeeded({ project: ['WEB'], includeUsed: true }, [USED])).toEqual([]);
    expect(alsoNeeded({ workspace: ['acme'] }, [USED])).toEqual([]);
  });
});
