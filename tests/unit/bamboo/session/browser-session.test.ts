import { describe, expect, it } from '@jest/globals';
import { readBrowserCookies } from '../../../../src/bamboo/session/browser-cookies.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { PASSWORD_PROMPT, startPage } from '../../../support/login-pages.ts';
import type { TableAnswer, TableEntry } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { bambooFor, cookieOf, EMPTY_LIST, LIST, PLAN, pageFor, STATUS } from './site-table.ts';

const INFO = 'GET /bamboo/rest/api/latest/info';
const browser = readBrowserCookies(new Secret('JSESSIONID=person; NODE=n2; CF_Authorization=pass; seraph.bamboo=me'), 'https://bamboo.example/bamboo');
const SITE: Readonly<Record<string, TableEntry>> = {
  'GET /bamboo/': (request) => ({ body: startPage(cookieOf(request).includes('JSESSIONID=person')) }),
  [LIST]: pageFor('JSESSIONID=person', EMPTY_LIST),
  [INFO]: (request) => (cookieOf(request).includes('JSESSIONID=person') ? { body: { version: '10.2.7', state: 'RUNNING' } } : { status: 401 }),
};
const TO_SIGN_ON: TableAnswer = { status: 302, headers: { location: 'https://sso.example/saml?x=1' } };

describe('the session of a browser', () => {
  it('opens pages and REST by its cookies alone, and asks for no login page', async () => {
    const { http, bamboo } = bambooFor(SITE, { browser });
    expect(await bamboo.login()).toBe('session of a browser');
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    expect((await bamboo.info()).version).toBe('10.2.7');
    expect(http.lines().map((line) => line.replace(/\?.*/, ''))).toEqual(['GET /bamboo/', LIST, INFO]);
    expect(http.requests.every((request) => cookieOf(request) === 'JSESSIONID=person; NODE=n2; CF_Authorization=pass; seraph.bamboo=me')).toBe(true);
  });

  it('keeps what the server sets anew in place of what was copied', async () => {
    const { http, bamboo } = bambooFor(
      { ...SITE, 'GET /bamboo/': { body: startPage(true), cookies: ['NODE=n3; Path=/', 'FRESH=1; Path=/bamboo'] } },
      { browser },
    );
    await bamboo.planRepositories(PLAN);
    expect(cookieOf(http.requests[1] ?? fail())).toMatch(/^JSESSIONID=person; CF_Authorization=pass; seraph\.bamboo=me; (FRESH=1; NODE=n3|NODE=n3; FRESH=1)$/);
  });

  it('lends a token what is not the person: the cookies of the load balancer and the access proxy', async () => {
    const { http, bamboo } = bambooFor({ [INFO]: { body: { version: '10.2.7', state: 'RUNNING' } } }, { browser, restToken: new Secret('pat') });
    await bamboo.info();
    expect(http.requests[0]?.headers).toMatchObject({ Authorization: 'Bearer pat', Cookie: 'NODE=n2; CF_Authorization=pass' });
  });

  it.each([
    ['the start page shows nobody', { body: startPage(false) }],
    ['it is asked for a login', { status: 302, headers: { location: '/bamboo/userlogin.action' } }],
    ['it is sent to the sign-on', TO_SIGN_ON],
    ['it is refused', { status: 401 }],
  ])('that has ended or is of another host is told, once, when %s', async (_, answer: TableAnswer) => {
    const { http, bamboo } = bambooFor({ ...SITE, 'GET /bamboo/': answer, [STATUS]: { body: { status: 'RUNNING' } } }, { browser });
    const failures = [await failureIn(bamboo.info()), await failureIn(bamboo.login()), await failureIn(bamboo.planRepositories(PLAN))];
    expect(failures.map((failure) => failure?.code)).toEqual(['LOGIN_ENDED', 'LOGIN_ENDED', 'LOGIN_ENDED']);
    expect(failures[0]).toMatchObject({
      message: expect.stringContaining('of another host than https://bamboo.example'),
      remedy: expect.stringContaining('copy'),
    });
    expect(http.lines().filter((line) => line === 'GET /bamboo/')).toHaveLength(1);
  });

  it.each([
    ['a page leads to the login', LIST, { status: 302, headers: { location: '/bamboo/userlogin.action' } }],
    ['a page leads to the sign-on', LIST, TO_SIGN_ON],
    ['REST answers 401', INFO, { status: 401 }],
    ['REST leads to the sign-on', INFO, TO_SIGN_ON],
  ])('that ends on the way ends the run when %s; nobody logs in again', async (_, line, answer: TableAnswer) => {
    const start = [{ body: startPage(true) }, { body: startPage(false) }];
    const { http, bamboo } = bambooFor({ ...SITE, 'GET /bamboo/': start, [STATUS]: { body: { status: 'RUNNING' } }, [line]: answer }, { browser });
    await bamboo.login();
    const failure = await failureIn(line === LIST ? bamboo.planRepositories(PLAN) : bamboo.info());
    expect(failure).toMatchObject({ code: 'LOGIN_ENDED', exit: 7 });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('LOGIN_ENDED');
    expect(http.lines().some((asked) => asked.startsWith('POST'))).toBe(false);
    expect(http.requests.every((request) => request.url.startsWith('https://bamboo.example/'))).toBe(true);
  });

  it('asks the person to elevate in that browser, sends no password, and stops', async () => {
    const { http, bamboo } = bambooFor({ ...SITE, [LIST]: { body: PASSWORD_PROMPT } }, { browser });
    expect(await failureIn(bamboo.planRepositories(PLAN))).toMatchObject({
      code: 'ELEVATION_ENDED',
      exit: 7,
      remedy: expect.stringContaining('in that browser'),
    });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('ELEVATION_ENDED');
    expect(http.lines().map((line) => line.replace(/\?.*/, ''))).toEqual(['GET /bamboo/', LIST]);
  });
});

function fail(): never {
  throw new RangeError('there is no such request');
}
