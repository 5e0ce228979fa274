import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { RekeyError } from '../../../../src/core/errors.ts';
import { BITBUCKET_CLOUD_MODULE, type Place } from '../../../../src/core/model.ts';
import type { OpenedObject } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { editPage } from '../../../support/edit-form-page.ts';
import { loginPage, startPage } from '../../../support/login-pages.ts';
import { type TableEntry, tableHttp } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { PLACE } from './read-form.ts';

const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };
const EDIT = 'GET /bamboo/admin/editLinkedRepository.action?repositoryId=4711&decorator=nothing&confirm=true';
const SAVE = 'POST /bamboo/admin/updateLinkedRepository.action';
const TEST = 'PUT /bamboo/rest/api/latest/repository/testConnection';
const DOOR: Record<string, TableEntry> = {
  'GET /bamboo/userlogin.action': { body: loginPage('t') },
  'POST /bamboo/userlogin.action': { status: 302, headers: { location: '/bamboo/start.action' }, cookies: ['JSESSIONID=in'] },
  'GET /bamboo/': { body: startPage(true) },
};

function routeWith(table: Record<string, TableEntry>) {
  const http = tableHttp({ ...DOOR, ...table });
  const bamboo = createBamboo({
    http,
    url: 'https://bamboo.example/bamboo',
    restToken: new Secret('pat'),
    login: { username: 'admin', password: new Secret('p') },
    headers: {},
  });
  return { http, route: bamboo.route('form') };
}

async function open(table: Record<string, TableEntry>, place: Place = PLACE): Promise<{ http: ReturnType<typeof tableHttp>; object: OpenedObject }> {
  const { http, route } = routeWith(table);
  const opened = await route.open(place);
  if (opened.kind !== 'object') throw new RangeError(opened.kind);
  return { http, object: opened.object };
}

const saved = { body: { status: 'OK', repositoryResult: { id: 4711, name: 'x' } } };

describe('opening a form', () => {
  it.each([
    ['linked', PLACE, EDIT],
    [
      'project',
      { ...PLACE, level: 'project', project: 'WEB' },
      'GET /bamboo/project/editProjectRepository.action?repositoryId=4711&projectKey=WEB&decorator=nothing&confirm=true',
    ],
    [
      'plan',
      { ...PLACE, level: 'plan', project: 'WEB', plan: 'WEB-A' },
      'GET /bamboo/chain/admin/config/editRepository.action?planKey=WEB-A&repositoryId=4711&decorator=nothing&confirm=true',
    ],
  ] as const)('asks for the page of a %s repository', async (_, place, line) => {
    const { http, object } = await open({ [line]: { body: editPage() } }, place);
    expect(object.state.place).toEqual(place);
    expect(http.unused()).toEqual([]);
  });

  it('tells a linked entry and another type', async () => {
    expect(await routeWith({ [EDIT]: { body: editPage({ module: '12' }) } }).route.open(PLACE)).toEqual({ kind: 'linked' });
    expect(await routeWith({ [EDIT]: { body: editPage({ module: 'x:svn' }) } }).route.open(PLACE)).toEqual({ kind: 'other-type', type: 'x:svn' });
  });

  it.each([
    ['an error page', { status: 500, body: '<h1>A system error has occurred</h1>' }, 'PAGE_ERROR'],
    ['a form with status 500', { status: 500, body: editPage() }, 'PAGE_ERROR'],
    ['a page without rights', { status: 403, body: '<p>bamboo</p>' }, 'PAGE_ACCESS_DENIED'],
    ['another page', { body: '<p>Atlassian Bamboo</p>' }, 'FORM_NOT_UNDERSTOOD'],
    ['JSON', { body: { a: 1 } }, 'ANSWER_NOT_UNDERSTOOD'],
    ['XML', { body: '<?xml version="1.0"?><a/>' }, 'ANSWER_NOT_UNDERSTOOD'],
  ])('fails on %s', async (_, answer, code) => {
    expect((await failureIn(routeWith({ [EDIT]: answer }).route.open(PLACE)))?.code).toBe(code);
  });

  it('marks a form as not writable whose action leads elsewhere', async () => {
    const { object } = await open({ [EDIT]: { body: editPage({ action: 'https://evil.example/x' }) } });
    expect(object.state.writable).toEqual({ kind: 'no', why: 'its form is posted to an address of an unknown shape' });
    expect((await object.write(PAIR)).kind).toBe('refused');
  });
});

describe('writing a form', () => {
  it('posts multipart to its own action, with the header against XSRF, once and never as a read', async () => {
    const { http, object } = await open({
      [EDIT]: { body: editPage({ action: 'http://internal:8085/bamboo/admin/updateLinkedRepository.action' }) },
      [SAVE]: saved,
    });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    const post = http.requests.at(-1);
    expect(post).toMatchObject({
      effect: 'write',
      headers: { 'X-Atlassian-Token': 'no-check', 'Content-Type': expect.stringMatching(/^multipart\/form-data; boundary=/), Cookie: 'JSESSIONID=in' },
    });
    const body = Buffer.from(post?.body ?? '').toString();
    expect(body).toContain('name="temporary.bitbucket.password.change"\r\n\r\ntrue\r\n');
    expect(body).toContain('name="temporary.bitbucket.password"\r\n\r\nATATcanary\r\n');
    expect(body).toContain('name="atl_token"\r\n\r\nxsrf-123\r\n');
  });

  it.each([
    ['an empty secret', { ...PAIR, secret: new Secret('') }],
    ['a blank secret', { ...PAIR, secret: new Secret(' \n') }],
    ['a secret that the server would trim', { ...PAIR, secret: new Secret('ATAT\n') }],
    ['an empty user name', { ...PAIR, username: '' }],
  ])('refuses %s and sends nothing', async (_, pair) => {
    const { http, object } = await open({ [EDIT]: { body: editPage() } });
    const before = http.requests.length;
    expect((await object.write(pair)).kind).toBe('refused');
    expect(http.requests).toHaveLength(before);
  });

  it('sends nothing where the form is not writable', async () => {
    const { object } = await open({ [EDIT]: { body: editPage({ source: 'SHARED_CREDENTIALS' }) } });
    expect(await object.write(PAIR)).toEqual({ kind: 'refused', why: 'it uses the shared credential "team & ci"' });
  });

  it('leaves open what happened when no answer came', async () => {
    const { object } = await open({ [EDIT]: { body: editPage() }, [SAVE]: () => new RekeyError('SERVER_UNREACHABLE', 'The connection was reset.') });
    expect(await object.write(PAIR)).toEqual({ kind: 'unanswered', why: 'The connection was reset.' });
  });

  it('never quotes the secret that it sent, when the server does', async () => {
    const { object } = await open({ [EDIT]: { body: editPage() }, [SAVE]: { body: { status: 'ERROR', errors: ['Cannot use ATATcanary here'] } } });
    expect(await object.write(PAIR)).toEqual({ kind: 'refused', why: 'Cannot use [secret] here' });
  });

  it('ends everything when the login is refused or locked in the answer', async () => {
    const { route, http } = routeWith({
      [EDIT]: { body: editPage() },
      [SAVE]: { status: 403, body: 'The maximum number of failed login attempts may have been reached' },
    });
    const opened = await route.open(PLACE);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    expect((await failureIn(opened.object.write(PAIR)))?.code).toBe('LOGIN_CAPTCHA');
    const before = http.requests.length;
    expect((await failureIn(route.open(PLACE)))?.code).toBe('LOGIN_CAPTCHA');
    expect(http.requests).toHaveLength(before);
  });

  it('tells a lost session, after which the next reading logs in again', async () => {
    let alive = true;
    const { http, route } = routeWith({
      'POST /bamboo/userlogin.action': () => {
        alive = true;
        return { status: 302, headers: { location: '/bamboo/start.action' } };
      },
      [EDIT]: () => (alive ? { body: editPage() } : { status: 302, headers: { location: '/bamboo/userlogin.action' } }),
      [SAVE]: () => {
        alive = false;
        return { status: 302, headers: { location: '/bamboo/userlogin!default.action?os_destination=x' } };
      },
    });
    const opened = await route.open(PLACE);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    expect(await opened.object.write(PAIR)).toEqual({ kind: 'session-lost' });
    expect((await route.open(PLACE)).kind).toBe('object');
    expect(http.lines().filter((line) => line === 'POST /bamboo/userlogin.action')).toHaveLength(2);
  });
});

describe("Bamboo's connection test", () => {
  const bodyOf = (http: ReturnType<typeof tableHttp>) => JSON.parse(String(http.requests.at(-1)?.body));
  const tested = (answer: TableEntry) => open({ [EDIT]: { body: editPage() }, [TEST]: answer });

  it("sends the type's field names with the new pair", async () => {
    const { http, object } = await tested({ body: { connectionErrors: [] } });
    expect(await object.test(PAIR)).toEqual({ kind: 'reachable' });
    expect(bodyOf(http)).toMatchObject({
      selectedRepository: BITBUCKET_CLOUD_MODULE,
      repositoryId: '4711',
      'repository.bitbucket.repository': 'acme/web',
      'repository.bitbucket.username': 'ci@acme.example',
      'temporary.bitbucket.password.change': 'true',
      'temporary.bitbucket.password': 'ATATcanary',
    });
    expect(http.requests.at(-1)?.headers).toMatchObject({ Authorization: 'Bearer pat', 'Content-Type': 'application/json' });
  });

  it('leaves flag and secret out for the stored secret', async () => {
    const { http, object } = await tested({ body: { connectionErrors: [] } });
    expect(await object.test('stored')).toEqual({ kind: 'reachable' });
    expect(bodyOf(http)).toMatchObject({ 'repository.bitbucket.username': 'buildbot' });
    expect(Object.keys(bodyOf(http)).filter((name) => name.startsWith('temporary.'))).toEqual([]);
  });

  it('passes on why it failed, without the secret', async () => {
    const { object } = await tested({ body: { connectionErrors: ['401 for ATATcanary. at com.x'] } });
    expect(await object.test(PAIR)).toEqual({ kind: 'failed', why: '401 for [secret].' });
  });

  it.each([
    ['400', { status: 400, body: { errors: ['Unknown type ATATcanary'] } }],
    ['404', { status: 404 }],
    ['another shape', { body: {} }],
    ['HTML', { body: '<html>' }],
  ])('is unavailable on %s', async (_, answer) => {
    const { object } = await tested(answer);
    const said = await object.test(PAIR);
    expect(said.kind).toBe('unavailable');
    expect(JSON.stringify(said)).not.toContain('canary');
  });

  it('tells that the right to test is missing on 403', async () => {
    const { object } = await tested({ status: 403 });
    expect((await object.test(PAIR)).kind).toBe('forbidden');
  });

  it('ends everything on 401', async () => {
    const { object } = await tested({ status: 401 });
    expect((await failureIn(object.test('stored')))?.code).toBe('LOGIN_REFUSED');
  });
});

describe('other routes', () => {
  it('are refused with what to set', () => {
    const bamboo = createBamboo({ http: tableHttp({}), url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} });
    expect(() => bamboo.route('import')).toThrow('The import route needs bamboo.home, and none is configured.');
  });

  it('of forms need a login, or a form that opens for the token', async () => {
    const nothing = { 'GET /rest/api/latest/repository': { body: { results: [] } }, 'GET /rest/api/latest/project': { body: { projects: { project: [] } } } };
    const bamboo = createBamboo({ http: tableHttp(nothing), url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} });
    expect((await failureIn(bamboo.route('form').open(PLACE)))?.code).toBe('LOGIN_MISSING');
  });
});
