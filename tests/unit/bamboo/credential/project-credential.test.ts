import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../../src/core/model.ts';
import type { OpenedObject } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { TableEntry } from '../../../support/table-http.ts';
import { clientFor, lastBody } from '../client-for.ts';
import { failureIn } from '../failure-of.ts';

const PLACE: Place = { object: 'shared-credential', id: '71', level: 'project', project: 'WEB', name: 'as listed' };
const LIST = 'GET /bamboo/rest/api/latest/project/WEB/sharedCredentials';
const IMPORT = 'POST /bamboo/rest/api/latest/import/sharedCredentials';
const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };
const row = (part: object = {}) => ({ id: 71, name: 'team ci', projectKey: 'WEB', attributes: { username: 'buildbot' }, ...part });
const page = (...rows: object[]): TableEntry => ({ body: { start: 0, limit: 25, size: rows.length, results: rows } });

async function openAt(
  place: Place,
  ...rows: object[]
): Promise<{ http: ReturnType<typeof clientFor>['http']; object: OpenedObject; answer(entry: TableEntry): void }> {
  const table: Record<string, TableEntry> = { [LIST]: page(...rows) };
  let answer: TableEntry = { status: 500 };
  const { http, bamboo } = clientFor({ ...table, [IMPORT]: (request) => (typeof answer === 'function' ? answer(request) : (answer as object)) });
  const opened = await bamboo.route('shared-credential').open(place);
  if (opened.kind !== 'object') throw new RangeError(opened.kind);
  return { http, object: opened.object, answer: (entry) => (answer = entry) };
}

const open = (...rows: object[]) => openAt(PLACE, ...rows);

describe('a shared credential of a project', () => {
  it('is listed with its project', async () => {
    const { bamboo } = clientFor({ [LIST]: page(row(), row({ id: '72', name: 'other' })) });
    expect((await bamboo.projectCredentials('WEB')).entries.map(({ place }) => place)).toEqual([
      { ...PLACE, name: 'team ci' },
      { ...PLACE, id: '72', name: 'other' },
    ]);
  });

  it.each(['username', 'userName', 'user.name', 'credentials.username'])('shows its user name under the attribute %s', async (name) => {
    const { object } = await open(row({ attributes: { [name]: 'buildbot', password: 'BAMSCRT@0@0@x', note: 'n' } }));
    expect(object.state).toMatchObject({
      place: { ...PLACE, name: 'team ci' },
      credential: { kind: 'app-password', username: 'buildbot' },
      settings: [['note', 'n']],
      writable: { kind: 'yes' },
    });
  });

  it.each([
    ['no attributes', [row({ attributes: {} })], 'does not tell its user name'],
    ['two attributes that may be it', [row({ attributes: { username: 'a', 'other.username': 'b' } })], 'does not tell its user name'],
    ['a name that imports refuse', [row({ name: 'a & b' })], 'the character &'],
    ['another one of its name in the project', [row(), row({ id: 72 })], '2 shared credentials of project WEB are called "team ci"'],
  ])('is not written with %s', async (_, rows, why) => {
    const { http, object } = await open(...rows);
    expect(object.state.writable).toMatchObject({ kind: 'no', why: expect.stringContaining(why) });
    expect((await object.write(PAIR)).kind).toBe('refused');
    expect(http.lines()).not.toContain(IMPORT);
  });

  it('is written all the same where its oid tells it from another one of its name', async () => {
    const { http, object, answer } = await open(row({ oid: 'abc' }), row({ id: 72 }));
    answer({ body: 'https://bamboo.example/x.action?credentialsId=71', headers: { 'content-type': 'text/plain' } });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(lastBody(http)).toContain("  oid:\n    oid: 'abc'\n");
  });

  it('is written by the oid that the database tells, where the list tells none', async () => {
    const { http, object, answer } = await openAt({ ...PLACE, oid: 'from-database' }, row(), row({ id: 72 }));
    answer({ body: 'https://bamboo.example/x.action?credentialsId=71', headers: { 'content-type': 'text/plain' } });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(lastBody(http)).toContain("  oid:\n    oid: 'from-database'\n");
  });

  it.each([
    ['an SSH key', row({ attributes: { sshKey: 'x' } })],
    [
      'com.atlassian.bamboo.plugin.sharedCredentials:sshCredentials',
      row({ attributes: {}, type: 'com.atlassian.bamboo.plugin.sharedCredentials:sshCredentials' }),
    ],
  ])('is of another type: %s', async (type, each) => {
    const { bamboo } = clientFor({ [LIST]: page(each) });
    expect(await bamboo.route('shared-credential').open(PLACE)).toEqual({ kind: 'other-type', type });
  });

  it('is told as gone where the list no longer holds it, and as unread where the list breaks off', async () => {
    const gone = clientFor({ [LIST]: page(row({ id: 72 })) }).bamboo;
    expect(await failureIn(gone.route('shared-credential').open(PLACE))).toMatchObject({
      code: 'PAGE_MISSING',
      message: expect.stringContaining('no longer lists'),
    });
    const broken = clientFor({ [LIST]: [{ body: { results: [row({ id: 72 })] } }, { status: 500 }] }).bamboo;
    expect((await failureIn(broken.route('shared-credential').open(PLACE)))?.message).toContain('could not be read');
  });
});

describe('importing it', () => {
  it('sends one small document as Atlassian does, once', async () => {
    const { http, object, answer } = await open(row());
    answer({ body: '"https://bamboo.example/bamboo/x.action?sharedCredentialsId=71"', headers: { 'content-type': 'application/json' } });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(http.requests.at(-1)).toMatchObject({
      effect: 'write',
      headers: { Authorization: 'Bearer pat', 'Content-Type': 'application/x-yaml; charset=UTF-8; version=9.2.1', 'X-Atlassian-Token': 'no-check' },
    });
    expect(lastBody(http)).toContain(
      "  name: 'team ci'\n  oid: null\n  project:\n    key:\n      key: 'WEB'\n  password: 'ATATcanary'\n  username: 'ci@acme.example'\n",
    );
  });

  it.each([
    ['another id', { body: 'https://b/x?credentialsId=72', headers: { 'content-type': 'text/plain' } }, { kind: 'other-object', id: '72' }],
    ['an address without an id', { body: 'https://b/browse/WEB', headers: { 'content-type': 'text/plain' } }, { kind: 'saved' }],
    ['an error with status 200', { body: { 'status-code': 400, message: 'No ATATcanary.' } }, { kind: 'refused', why: expect.stringContaining('[secret]') }],
    ['a failure of the server with status 200', { body: { 'status-code': 500, message: 'Broken' } }, { kind: 'unanswered' }],
    ['a page', { body: '<html>proxy</html>' }, { kind: 'unanswered' }],
    ['a list cut short', { body: '[["', headers: { 'content-type': 'application/json' } }, { kind: 'unanswered' }],
    ['400', { status: 400, body: { errors: ['Bad'] } }, { kind: 'refused', why: expect.stringContaining('Bad') }],
    ['403', { status: 403, body: { message: 'No' } }, { kind: 'refused' }],
    ['500', { status: 500, body: '<pre>ATATcanary</pre>' }, { kind: 'unanswered' }],
  ])('takes %s for what it is', async (_, entry, said) => {
    const { object, answer } = await open(row());
    answer(entry);
    const told = await object.write(PAIR);
    expect(told).toMatchObject(said);
    expect(JSON.stringify(told)).not.toContain('ATATcanary');
  });

  it('tells a second credential that the import made instead', async () => {
    const lists = [page(row()), page(row()), page(row(), row({ id: 99 })), page(row(), row({ id: 99 }))] as { body: object }[];
    const { bamboo } = clientFor({ [LIST]: lists, [IMPORT]: { body: '', headers: { 'content-type': 'text/plain' } } });
    const opened = await bamboo.route('shared-credential').open(PLACE);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    expect(await opened.object.write(PAIR)).toEqual({ kind: 'other-object', id: '99' });
  });

  it('sends nothing with an empty password', async () => {
    const { http, object } = await open(row());
    expect((await object.write({ ...PAIR, secret: new Secret('') })).kind).toBe('refused');
    expect(http.lines()).not.toContain(IMPORT);
  });

  it('ends everything when the token is refused', async () => {
    const { object, answer } = await open(row());
    answer({ status: 401 });
    expect((await failureIn(object.write(PAIR)))?.code).toBe('LOGIN_REFUSED');
  });
});
