import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../../src/core/model.ts';
import type { BranchName } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { editPage } from '../../../support/edit-form-page.ts';
import type { TableEntry } from '../../../support/table-http.ts';
import { clientFor, lastBody } from '../client-for.ts';

const BRANCH: BranchName = { key: 'WEB-A0', project: 'WEB', plan: 'WEB-A', name: 'feature-x' };
const PAGE = 'GET /bamboo/branch/admin/config/editChainBranchRepository.action?planKey=WEB-A0';
const SAVE = 'POST /bamboo/branch/admin/config/saveChainBranchRepository.action';
const entry = (id: string, name: string) =>
  `<li class="item" data-item-id="${id}"><a href="/bamboo/branch/admin/config/editChainBranchRepository.action?planKey=WEB-A0&amp;repositoryId=${id}"><h3>${name}</h3></a></li>`;
const list = (...entries: string[]) => `<div id="panel-editor-list"><ul>${entries.join('')}</ul></div>`;
const box = (on: boolean) =>
  `<input type="checkbox" name="overrideRepository" value="true"${on ? ' checked' : ''}><input type="hidden" name="checkBoxFields" value="overrideRepository">`;
const form = (override: 'on' | 'off' | 'untold', id = '4711') =>
  editPage({ id, action: '/bamboo/branch/admin/config/saveChainBranchRepository.action', after: override === 'untold' ? '' : box(override === 'on') });

async function read(table: Record<string, TableEntry>, inherited: ReadonlySet<string> | 'not read' = new Set(['1', '2'])) {
  const { http, bamboo } = clientFor(table);
  const { entries, unread } = await bamboo.branchRepositories(BRANCH, inherited === 'not read' ? undefined : inherited);
  return {
    ids: entries.map(({ place }) => place.id),
    entries,
    unread: unread.map(({ why }) => why),
    pages: http.lines().filter((line) => line.includes('/branch/')),
  };
}

describe('the branches of a plan', () => {
  it('are read from their list, disabled ones, too', async () => {
    const branch = [
      { key: 'WEB-A0', shortName: 'feature-x', enabled: true },
      { key: 'WEB-A1', shortName: 'old', enabled: false },
    ];
    const { bamboo } = clientFor({ 'GET /bamboo/rest/api/latest/plan/WEB-A/branch': { body: { branches: { size: 1, branch } } } });
    const { entries } = await bamboo.planBranches({ key: 'WEB-A', project: 'WEB', name: 'A' });
    expect(entries).toEqual([
      { key: 'WEB-A0', project: 'WEB', plan: 'WEB-A', name: 'feature-x', enabled: true },
      { key: 'WEB-A1', project: 'WEB', plan: 'WEB-A', name: 'old', enabled: false },
    ]);
  });
});

describe('the repositories of a branch', () => {
  it('are its override, where one form comes straight away and its box is on', async () => {
    const { entries, pages } = await read({ [PAGE]: { body: form('on') } });
    expect(entries[0]?.place).toEqual({ object: 'repository', id: '4711', level: 'branch', project: 'WEB', plan: 'WEB-A0', name: 'Web shop' });
    expect(pages).toEqual([PAGE]);
  });

  it.each([
    ['its box is off', form('off'), new Set<string>()],
    ['it has no box and shows what the plan owns', form('untold', '2'), new Set(['1', '2'])],
  ])('are none where one form comes and %s', async (_, body, inherited) => {
    expect(await read({ [PAGE]: { body } }, inherited)).toMatchObject({ ids: [], unread: [] });
  });

  it('are those of a list that nobody else owns, by the form behind each', async () => {
    const table = {
      [PAGE]: { body: list(entry('1', 'plan'), entry('7', 'own'), entry('8', 'off')) },
      [`${PAGE}&repositoryId=7`]: { body: form('on', '7') },
      [`${PAGE}&repositoryId=8`]: { body: form('off', '8') },
    };
    const { ids, unread, pages } = await read(table);
    expect({ ids, unread }).toEqual({ ids: ['7'], unread: [] });
    expect(pages).toHaveLength(3);
  });

  it('may carry no box in a list: then the id alone tells', async () => {
    const table = { [PAGE]: { body: list(entry('2', 'plan'), entry('7', 'own')) }, [`${PAGE}&repositoryId=7`]: { body: form('untold', '7') } };
    expect((await read(table)).ids).toEqual(['7']);
  });

  it.each<[string, Record<string, TableEntry>, ReadonlySet<string> | 'not read', string]>([
    ['a form without a box where the plan was not read', { [PAGE]: { body: form('untold') } }, 'not read', 'could not be read'],
    [
      'a list of such forms',
      { [PAGE]: { body: list(entry('7', 'x')) }, [`${PAGE}&repositoryId=7`]: { body: form('untold', '7') } },
      'not read',
      'could not be read',
    ],
    ['an override with the id of another repository', { [PAGE]: { body: form('on', '2') } }, new Set(['2']), "another repository's"],
    ['another page', { [PAGE]: { body: '<p>Atlassian Bamboo</p>' } }, new Set<string>(), 'another page'],
    ['a page without rights', { [PAGE]: { status: 403, body: '<p>bamboo</p>' } }, new Set<string>(), 'may not see'],
  ])('are unread with %s', async (_, table, inherited, why) => {
    const { ids, unread } = await read(table, inherited);
    expect(ids).toEqual([]);
    expect(unread[0]).toContain(why);
  });

  it('are read without the plan where their box is there', async () => {
    expect((await read({ [PAGE]: { body: form('on') } }, 'not read')).ids).toEqual(['4711']);
  });
});

describe('the form of an override', () => {
  const PLACE: Place = { object: 'repository', id: '4711', level: 'branch', project: 'WEB', plan: 'WEB-A0', name: 'Web shop' };
  const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };
  const EDIT = `${PAGE}&repositoryId=4711`;

  it('is posted with its box on', async () => {
    const { http, bamboo } = clientFor({
      [EDIT]: { body: form('on') },
      [SAVE]: { status: 302, headers: { location: '/bamboo/branch/admin/config/editChainBranchRepository.action?planKey=WEB-A0&saved=true' } },
    });
    const opened = await bamboo.route('form').open(PLACE);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    expect(await opened.object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(lastBody(http)).toContain('name="overrideRepository"\r\n\r\ntrue\r\n');
  });

  it('believes no redirect that names another branch or repository', async () => {
    for (const query of ['planKey=WEB-A1&saved=true', 'saved=true', 'planKey=WEB-A0']) {
      const { bamboo } = clientFor({ [EDIT]: { body: form('on') }, [SAVE]: { status: 302, headers: { location: `/bamboo/x.action?${query}` } } });
      const opened = await bamboo.route('form').open(PLACE);
      if (opened.kind !== 'object') throw new RangeError(opened.kind);
      expect((await opened.object.write(PAIR)).kind).toBe('unanswered');
    }
  });

  it('is never posted once its box is off: that would make an override', async () => {
    const { bamboo } = clientFor({ [EDIT]: { body: form('off') } });
    expect(await bamboo.route('form').open(PLACE)).toEqual({ kind: 'inherited' });
  });
});
