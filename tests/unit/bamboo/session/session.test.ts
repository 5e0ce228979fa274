import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { RekeyError } from '../../../../src/core/errors.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { loginPage, startPage, TWO_STEP_PAGE } from '../../../support/login-pages.ts';
import { type TableAnswer, type TableEntry, tableHttp } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';

const LOGIN = { username: 'admin', password: new Secret('canary&pass') };
const PLAN = { key: 'WEB-A', project: 'WEB', name: 'A' };
const LIST = 'GET /bamboo/chain/admin/config/editChainRepository.action';
const EMPTY_LIST = '<div id="panel-editor-list"><ul></ul></div>';

function bambooWith(table: Record<string, TableEntry>, headers: Record<string, string> = {}) {
  const http = tableHttp(table);
  return { http, bamboo: createBamboo({ http, url: 'https://bamboo.example/bamboo', restToken: new Secret('pat'), login: LOGIN, headers }) };
}

const cookieOf = (request: HttpRequest) => request.headers?.Cookie ?? '';
const ifLoggedIn =
  (page: string) =>
  (request: HttpRequest): TableAnswer =>
    cookieOf(request).includes('JSESSIONID=in')
      ? { body: page }
      : { status: 302, headers: { location: '/bamboo/userlogin!doDefault.action?os_destination=%2Fx' } };
const accept: TableAnswer = {
  status: 302,
  headers: { location: '/bamboo/start.action' },
  cookies: ['JSESSIONID=in; Path=/bamboo; HttpOnly', 'NODE=n2; Path=/'],
};

const FORM_SITE: Record<string, TableEntry> = {
  'GET /bamboo/userlogin.action': { body: loginPage('t-1'), cookies: ['JSESSIONID=out; Path=/bamboo'] },
  'POST /bamboo/userlogin.action': accept,
  'GET /bamboo/': (request) => ({ body: startPage(cookieOf(request).includes('JSESSIONID=in')) }),
};

describe('the login form', () => {
  it('is posted once with its token, and believed when the start page shows "Log Out"', async () => {
    const { http, bamboo } = bambooWith(FORM_SITE);
    expect(await bamboo.login()).toBe('login form');
    const post = http.requests[1];
    expect(post).toMatchObject({ effect: 'write', headers: { Cookie: 'JSESSIONID=out' } });
    expect(Object.fromEntries(new URLSearchParams(String(post?.body)))).toEqual({
      os_username: 'admin',
      os_password: 'canary&pass',
      os_destination: '/start.action',
      save: 'Log in',
      atl_token: 't-1',
    });
    expect(http.unused()).toEqual([]);
  });

  it('is believed when the blank in "Log Out" is one that does not break', async () => {
    const { bamboo } = bambooWith({
      ...FORM_SITE,
      'GET /bamboo/': (request) => ({ body: startPage(cookieOf(request).includes('JSESSIONID=in')).replace(/log out/gi, 'Log&nbsp;Out') }),
    });
    expect(await bamboo.login()).toBe('login form');
  });

  it('fetches the token from the default page where the first one has none', async () => {
    const { http, bamboo } = bambooWith({
      ...FORM_SITE,
      'GET /bamboo/userlogin.action': { body: loginPage() },
      'GET /bamboo/userlogin!doDefault.action': { body: loginPage('t-2') },
    });
    await bamboo.login();
    expect(new URLSearchParams(String(http.requests[2]?.body)).get('atl_token')).toBe('t-2');
  });

  it('keeps every cookie that the origin sets, and sends them and the extra headers with each page', async () => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, [LIST]: ifLoggedIn(EMPTY_LIST) }, { 'CF-Id': 'x' });
    await bamboo.planRepositories(PLAN);
    expect(http.requests.at(-1)?.headers).toMatchObject({ Cookie: 'JSESSIONID=in; NODE=n2', 'CF-Id': 'x' });
    expect(http.requests.at(-1)?.headers).not.toHaveProperty('Authorization');
  });

  it('follows redirects of the start page within the server, also when they carry its base URL', async () => {
    const start = (request: HttpRequest): TableAnswer => ({ body: startPage(cookieOf(request).includes('JSESSIONID=in')) });
    const { bamboo } = bambooWith({
      ...FORM_SITE,
      'GET /bamboo/': { status: 302, headers: { location: 'http://internal:8085/bamboo/start.action' } },
      'GET /bamboo/start.action': start,
    });
    expect(await bamboo.login()).toBe('login form');
  });

  it.each([
    ['the form again', { body: loginPage('t'), headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } }, 'LOGIN_REFUSED'],
    ['a redirect to the form', { status: 302, headers: { location: '/bamboo/userlogin!default.action' } }, 'LOGIN_REFUSED'],
    ['401', { status: 401 }, 'LOGIN_REFUSED'],
    ['the form with a CAPTCHA', { body: loginPage('t', '<img src="/bamboo/captcha"><input name="captcha">') }, 'LOGIN_CAPTCHA'],
    ['the lock', { status: 403, body: 'The maximum number of failed login attempts may have been reached.' }, 'LOGIN_CAPTCHA'],
  ])('ends everything after one refused attempt: %s', async (_, answer: TableAnswer, code) => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, 'POST /bamboo/userlogin.action': answer });
    const failures = await Promise.all([failureIn(bamboo.login()), failureIn(bamboo.planRepositories(PLAN)), failureIn(bamboo.login())]);
    expect(failures.map((failure) => failure?.code)).toEqual([code, code, code]);
    expect((await failureIn(bamboo.login()))?.code).toBe(code);
    expect(http.lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(failures.map((failure) => failure?.message).join()).not.toContain('canary');
  });

  it('is not sent where its form asks for a CAPTCHA already: it would be refused, and counted', async () => {
    const asking = { body: loginPage('t', '<img src="/bamboo/captcha"><input name="captcha">') };
    const { http, bamboo } = bambooWith({ ...FORM_SITE, 'GET /bamboo/userlogin.action': asking });
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_CAPTCHA');
    expect(http.lines().filter((line) => line.startsWith('POST'))).toEqual([]);
    const silent = { body: loginPage('t', '<input type="hidden" name="captcha.enabled" value="false">') };
    expect(await bambooWith({ ...FORM_SITE, 'GET /bamboo/userlogin.action': silent }).bamboo.login()).toBe('login form');
  });

  it('is not believed where the start page shows no login', async () => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, 'GET /bamboo/': { body: startPage(false) } });
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_UNSUPPORTED');
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_UNSUPPORTED');
    expect(http.lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('may be tried again where the server limits requests', async () => {
    const { bamboo } = bambooWith({ ...FORM_SITE, 'POST /bamboo/userlogin.action': [{ status: 429, body: {} }, accept] });
    expect((await failureIn(bamboo.login()))?.code).toBe('RATE_LIMITED');
    expect(await bamboo.login()).toBe('login form');
  });

  it('may be tried again where the server could not be reached', async () => {
    const down = new RekeyError('SERVER_UNREACHABLE', 'reset');
    let first = true;
    const { bamboo } = bambooWith({
      ...FORM_SITE,
      'GET /bamboo/userlogin.action': () => {
        if (!first) return { body: loginPage('t') };
        first = false;
        return down;
      },
    });
    expect((await failureIn(bamboo.login()))?.code).toBe('SERVER_UNREACHABLE');
    expect(await bamboo.login()).toBe('login form');
  });
});

describe('a server with neither the older login form nor the two-step login', () => {
  const basicSite = (start: (request: HttpRequest) => TableAnswer): Record<string, TableEntry> => ({
    'GET /bamboo/userlogin.action': { body: TWO_STEP_PAGE },
    'POST /bamboo/rest/tsv/1.0/authenticate': { status: 404 },
    'GET /bamboo/rest/api/latest/status': { body: { status: 'RUNNING' } },
    'GET /bamboo/': start,
  });
  const authorized = (request: HttpRequest) => request.headers?.Authorization?.startsWith('Basic ') === true;

  it('is entered by Basic where one harmless GET proves it', async () => {
    const { http, bamboo } = bambooWith({
      ...basicSite((request) => ({ body: startPage(authorized(request)) })),
      [LIST]: (request) => (authorized(request) ? { body: EMPTY_LIST } : { status: 401 }),
    });
    expect(await bamboo.login()).toBe('Basic');
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    expect(http.lines().filter((line) => !line.startsWith('GET'))).toEqual(['POST /bamboo/rest/tsv/1.0/authenticate']);
  });

  it.each([
    ['is ignored', { body: startPage(false) }, 'LOGIN_UNSUPPORTED'],
    ['leads to the login page', { status: 302, headers: { location: '/bamboo/userlogin.action' } }, 'LOGIN_UNSUPPORTED'],
    ['leads to single sign-on', { status: 302, headers: { location: 'https://sso.example/saml' } }, 'LOGIN_UNSUPPORTED'],
    ['is refused', { status: 401 }, 'LOGIN_REFUSED'],
    ['meets the lock', { status: 403, body: 'The maximum number of failed login attempts may have been reached' }, 'LOGIN_CAPTCHA'],
  ])('is told, and tried once, when Basic %s', async (_, answer: TableAnswer, code) => {
    const { http, bamboo } = bambooWith(basicSite(() => answer));
    expect((await failureIn(bamboo.login()))?.code).toBe(code);
    expect((await failureIn(bamboo.login()))?.code).toBe(code);
    expect(http.requests.filter(authorized)).toHaveLength(1);
  });

  it('may send people elsewhere to log in: nothing is sent there', async () => {
    const { http, bamboo } = bambooWith({
      ...basicSite(() => ({ body: startPage(false) })),
      'GET /bamboo/userlogin.action': { status: 302, headers: { location: 'https://sso.example/saml?x=1' } },
    });
    expect((await failureIn(bamboo.login()))?.message).toContain('it sends people to https://sso.example to log in');
    expect(http.requests.every((request) => request.url.startsWith('https://bamboo.example/'))).toBe(true);
  });
});

describe('a session', () => {
  it('is shared: parallel pages log in once', async () => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, [LIST]: ifLoggedIn(EMPTY_LIST) });
    const listings = await Promise.all(Array.from({ length: 8 }, () => bamboo.planRepositories(PLAN)));
    expect(listings.every((listing) => listing.unread.length === 0)).toBe(true);
    expect(http.lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('that was lost is renewed once for all who meet it', async () => {
    let alive = 'in-1';
    let logins = 0;
    const { bamboo } = bambooWith({
      ...FORM_SITE,
      'POST /bamboo/userlogin.action': () => {
        logins += 1;
        alive = `in-${logins}`;
        return { ...accept, cookies: [`JSESSIONID=${alive}; Path=/bamboo`] };
      },
      [LIST]: (request) => (cookieOf(request).includes(`JSESSIONID=${alive}`) ? { body: EMPTY_LIST } : { body: loginPage('t') }),
    });
    await bamboo.login();
    alive = 'none, the server was restarted';
    const listings = await Promise.all(Array.from({ length: 5 }, () => bamboo.planRepositories(PLAN)));
    expect(listings.flatMap((listing) => listing.unread)).toEqual([]);
    expect(logins).toBe(2);
  });

  it('that is lost again right after it was renewed ends the run', async () => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, [LIST]: { status: 302, headers: { location: '/bamboo/userlogin.action?os_destination=x' } } });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('LOGIN_ENDED');
    expect(http.lines().filter((line) => line.startsWith('POST'))).toHaveLength(2);
  });

  it('sends nothing to another origin, and says where a page leads', async () => {
    const { http, bamboo } = bambooWith({ ...FORM_SITE, [LIST]: { status: 302, headers: { location: 'https://proxy.example/login' } } });
    const listing = await bamboo.planRepositories(PLAN);
    expect(listing.unread[0]?.why).toContain('redirects to https://proxy.example');
    expect(http.requests.every((request) => request.url.startsWith('https://bamboo.example/'))).toBe(true);
  });

  it('gives up on a circle of redirects', async () => {
    const { bamboo } = bambooWith({ ...FORM_SITE, [LIST]: { status: 302, headers: { location: `/bamboo${LIST.slice('GET /bamboo'.length)}` } } });
    expect((await bamboo.planRepositories(PLAN)).unread[0]?.why).toContain('in a circle');
  });

  it('takes 401 on a page as the end of the login', async () => {
    const { bamboo } = bambooWith({ ...FORM_SITE, [LIST]: { status: 401 } });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('LOGIN_REFUSED');
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_REFUSED');
  });
});
