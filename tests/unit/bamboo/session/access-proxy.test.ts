import { describe, expect, it } from '@jest/globals';
import { PROXY_PAGE, startPage } from '../../../support/login-pages.ts';
import type { TableAnswer } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { AUTHENTICATE, bambooFor, CODE, LIST, PLAN, STATUS, TWO_STEP_SITE } from './site-table.ts';

const AWAY: TableAnswer = { status: 302, headers: { location: 'https://access.example/login?to=x' } };
const PAGE: TableAnswer = { body: PROXY_PAGE };

describe('an access proxy in front of Bamboo', () => {
  it.each([
    ['sends people to its own origin', AWAY, 'it sends people to https://access.example'],
    ['shows a page of its own', PAGE, 'titled "Sign in - Acme Access"'],
    ['shows a page of its own with 403', { ...PAGE, status: 403 }, 'titled "Sign in - Acme Access"'],
    ['shows a page of its own with 401', { ...PAGE, status: 401 }, 'titled "Sign in - Acme Access"'],
  ])('is told apart from Bamboo when it %s: no password is sent', async (_, answer: TableAnswer, words) => {
    const { http, bamboo } = bambooFor({ 'GET /bamboo/userlogin.action': answer, [STATUS]: answer });
    const failure = await failureIn(bamboo.login());
    expect(failure).toMatchObject({
      code: 'ACCESS_PROXY',
      exit: 7,
      message: expect.stringContaining(words),
      remedy: expect.stringContaining('bamboo.headers'),
    });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('ACCESS_PROXY');
    expect(http.lines()).toEqual(['GET /bamboo/userlogin.action', STATUS]);
    expect(http.requests.every((request) => request.headers?.Authorization === undefined)).toBe(true);
  });

  it.each([
    ['a redirect', AWAY],
    ['a page', PAGE],
  ])('that shuts on the way ends the run: %s', async (_, answer) => {
    const shut = { [LIST]: answer, [STATUS]: answer, 'GET /bamboo/': [{ body: startPage(true) }, answer] };
    const { bamboo } = bambooFor({ ...TWO_STEP_SITE, ...shut });
    await bamboo.login();
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('ACCESS_PROXY');
    expect((await failureIn(bamboo.login()))?.code).toBe('ACCESS_PROXY');
  });

  it.each([
    ['leads away', AWAY, 'redirects to https://access.example'],
    ["is not Bamboo's", PAGE, 'titled "Sign in - Acme Access"'],
  ])('is not blamed for one page that %s while the login stands', async (_, answer, words) => {
    const { bamboo } = bambooFor({ ...TWO_STEP_SITE, [LIST]: answer });
    expect((await bamboo.planRepositories(PLAN)).unread[0]?.why).toContain(words);
    expect(await bamboo.login()).toBe('two-step login');
  });

  it("is not blamed for a plain login page of Bamboo's, which its REST interface answers for", async () => {
    const plain = { body: '<html><body><div id="root"></div></body></html>' };
    const { http, bamboo } = bambooFor({ ...TWO_STEP_SITE, 'GET /bamboo/userlogin.action': plain, [STATUS]: { body: { status: 'RUNNING' } } });
    expect(await bamboo.login()).toBe('two-step login');
    expect(http.lines()).toContain(AUTHENTICATE);
    expect(http.lines()).not.toContain(CODE);
  });
});
