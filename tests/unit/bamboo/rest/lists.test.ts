import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { RekeyError } from '../../../../src/core/errors.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { type TableAnswer, type TableEntry, tableHttp } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';

const BASE = '/rest/api/latest';
const bambooWith = (table: Record<string, TableEntry>) =>
  createBamboo({ http: tableHttp(table), url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} });

const parameter = (request: HttpRequest, name: string) => Number(new URL(request.url).searchParams.get(name) ?? 0);
const rows = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index, name: `r${from + index}` }));
const ids = (listing: { entries: readonly { place: { id: string } }[] }) => listing.entries.map((entry) => entry.place.id);

describe('lists', () => {
  it('page in the old style until a page brings nothing new, whatever size says', async () => {
    const page = (request: HttpRequest): TableAnswer => {
      const start = parameter(request, 'start-index');
      return { body: { size: 1, searchResults: rows(start, Math.min(start + 25, 60)), 'start-index': start, 'max-result': 25 } };
    };
    const listing = await bambooWith({ [`GET ${BASE}/repository`]: page }).linkedRepositories();
    expect(ids(listing)).toEqual(rows(0, 60).map((row) => String(row.id)));
    expect(listing.unread).toEqual([]);
  });

  it('page in the new style, with a limit that the server cuts', async () => {
    const page = (request: HttpRequest): TableAnswer => ({
      body: { start: 0, limit: 2, results: rows(parameter(request, 'start'), Math.min(parameter(request, 'start') + 2, 5)) },
    });
    const listing = await bambooWith({ [`GET ${BASE}/project/WEB/repositories`]: page }).projectRepositories('WEB');
    expect(ids(listing)).toEqual(['0', '1', '2', '3', '4']);
    expect(listing.entries[0]?.place).toEqual({ object: 'repository', id: '0', level: 'project', project: 'WEB', name: 'r0' });
  });

  it('read hyphenated and camel-case spellings', async () => {
    const page = (request: HttpRequest): TableAnswer => ({ body: { 'search-results': parameter(request, 'start-index') === 0 ? [{ id: 1, name: 'a' }] : [] } });
    expect(ids(await bambooWith({ [`GET ${BASE}/repository`]: page }).linkedRepositories())).toEqual(['1']);
  });

  it('keep ids above 2^53 exactly, numbers or text, names in any unicode, and the address', async () => {
    const body =
      '{"searchResults":[{"id":9007199254740993,"name":" naïve 🦊 ","url":"https://bitbucket.org/acme/web"},{"id":"9007199254740995","name":"b","url":null},{"id":3,"name":"c","url":"https://bamboo.example/admin/editLinkedRepository.action?repositoryId=3"}]}';
    const listing = await bambooWith({ [`GET ${BASE}/repository`]: { headers: { 'content-type': 'application/json' }, body } }).linkedRepositories();
    expect(listing.entries).toEqual([
      { place: { object: 'repository', id: '9007199254740993', level: 'global', name: 'naïve 🦊' }, location: 'https://bitbucket.org/acme/web' },
      { place: { object: 'repository', id: '9007199254740995', level: 'global', name: 'b' } },
      { place: { object: 'repository', id: '3', level: 'global', name: 'c' } },
    ]);
  });

  it('end where the paging goes round in a circle', async () => {
    const listing = await bambooWith({ [`GET ${BASE}/repository`]: { body: { searchResults: rows(0, 3) } } }).linkedRepositories();
    expect(ids(listing)).toEqual(['0', '1', '2']);
  });

  it('end where the paging brings new ids for ever, and say so', async () => {
    const page = (request: HttpRequest): TableAnswer => ({
      body: { searchResults: rows(parameter(request, 'start-index'), parameter(request, 'start-index') + 1) },
    });
    const listing = await bambooWith({ [`GET ${BASE}/repository`]: page }).linkedRepositories();
    expect(listing.unread).toEqual([
      { what: expect.stringMatching(/^linked repositories, after the first \d+$/), why: expect.stringContaining('did not end') },
    ]);
  });

  it('keep what was read when a later page fails, and tell the rest', async () => {
    const page = (request: HttpRequest): TableAnswer => (parameter(request, 'start-index') === 0 ? { body: { searchResults: rows(0, 2) } } : { status: 500 });
    const listing = await bambooWith({ [`GET ${BASE}/repository`]: page }).linkedRepositories();
    expect(ids(listing)).toEqual(['0', '1']);
    expect(listing.unread).toEqual([{ what: 'linked repositories, after the first 2', why: expect.stringMatching(/500/) }]);
  });

  it('tell the whole list as unread when the first page fails', async () => {
    const listing = await bambooWith({ [`GET ${BASE}/project/A%2FB/repositories`]: { status: 403, body: { message: 'No.' } } }).projectRepositories('A/B');
    expect(listing).toEqual({ entries: [], unread: [{ what: 'repositories of project A/B', why: expect.stringContaining('403: "No".') }] });
  });

  it('are broken off by a refused login and by an interrupt', async () => {
    const refused = bambooWith({ [`GET ${BASE}/plan`]: { status: 401 } });
    expect((await failureIn(refused.plans()))?.code).toBe('LOGIN_REFUSED');
    const interrupted = bambooWith({ [`GET ${BASE}/plan`]: () => new RekeyError('INTERRUPTED', 'stop') });
    expect((await failureIn(interrupted.plans()))?.code).toBe('INTERRUPTED');
  });

  it('count rows that are not understood instead of dropping them', async () => {
    const listing = await bambooWith({
      [`GET ${BASE}/repository`]: { body: { searchResults: [{ id: 1, name: 'a' }, { name: 'no id' }, 'x'] } },
    }).linkedRepositories();
    expect(ids(listing)).toEqual(['1']);
    expect(listing.unread).toEqual([{ what: 'linked repositories', why: expect.stringMatching(/^At least 2 entries/) }]);
  });

  it('give projects with empty ones, and plans with the project before the hyphen', async () => {
    const projects = bambooWith({ [`GET ${BASE}/project`]: { body: { projects: { size: 0, project: [{ key: 'WEB' }, { key: 'API' }, { key: 'WEB' }] } } } });
    expect((await projects.projects()).entries).toEqual(['WEB', 'API']);
    const plans = bambooWith({ [`GET ${BASE}/plan`]: { body: { plans: { plan: [{ key: 'WEB-BUILD', shortName: 'Build', name: 'Web - Build' }] } } } });
    expect((await plans.plans()).entries).toEqual([{ key: 'WEB-BUILD', project: 'WEB', name: 'Build' }]);
  });

  it('take an answer of another shape for no empty list', async () => {
    const listing = await bambooWith({ [`GET ${BASE}/project`]: { body: { projects: {} } } }).projects();
    expect(listing.unread).toHaveLength(1);
  });
});
