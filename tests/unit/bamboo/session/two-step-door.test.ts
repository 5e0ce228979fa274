import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../../src/core/secret.ts';
import { startPage } from '../../../support/login-pages.ts';
import type { TableAnswer, TableEntry } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { AUTHENTICATE, bambooFor, CODE, cookieOf, LIST, LOGIN, PLAN, posted, TWO_STEP_SITE, taken } from './site-table.ts';

const WANTS_CODE: TableAnswer = { status: 412, body: { context: { conversationId: 'talk-7' }, reason: 'TOTP' } };

/** A login with a code that changes each time it is asked for. */
function withCode(...codes: string[]) {
  return { login: { ...LOGIN, totp: async () => new Secret(codes.shift() ?? 'none left') }, restToken: new Secret('pat') };
}

const posts = (lines: readonly string[]) => lines.filter((line) => line.startsWith('POST'));

describe('the two-step login', () => {
  it('posts user name and password once as JSON, and believes the start page', async () => {
    const { http, bamboo } = bambooFor(TWO_STEP_SITE);
    expect(await bamboo.login()).toBe('two-step login');
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    const [, post] = http.requests;
    expect(post).toMatchObject({ effect: 'write', headers: { 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' } });
    expect(posted(post)).toEqual({ username: 'admin', password: 'canary&pass', rememberMe: false, targetUrl: '' });
    expect(cookieOf(http.requests.at(-1) ?? { effect: 'read', method: 'GET', url: '' })).toContain('NODE=n1');
    expect(posts(http.lines())).toEqual([AUTHENTICATE]);
  });

  it.each([
    ['401', { status: 401, body: { message: 'The given user failed authentication' } }, 'LOGIN_REFUSED'],
    ['403', { status: 403, body: '' }, 'LOGIN_REFUSED'],
    ['a CAPTCHA', { status: 401, body: { captcha: { id: 'x' } } }, 'LOGIN_CAPTCHA'],
    ['the lock', { status: 403, body: 'The maximum number of failed login attempts may have been reached' }, 'LOGIN_CAPTCHA'],
  ])('ends everything after one refused attempt: %s', async (_, answer: TableAnswer, code) => {
    const { http, bamboo } = bambooFor({ ...TWO_STEP_SITE, [AUTHENTICATE]: answer }, withCode('111111'));
    const failures = [await failureIn(bamboo.login()), await failureIn(bamboo.planRepositories(PLAN)), await failureIn(bamboo.login())];
    expect(failures.map((failure) => failure?.code)).toEqual([code, code, code]);
    expect(posts(http.lines())).toEqual([AUTHENTICATE]);
    expect(failures.map((failure) => failure?.message).join()).not.toContain('canary');
  });

  it('is not believed where the start page shows no login', async () => {
    const { http, bamboo } = bambooFor({ ...TWO_STEP_SITE, 'GET /bamboo/': { body: startPage(false) } });
    expect(await failureIn(bamboo.login())).toMatchObject({ code: 'LOGIN_UNSUPPORTED', remedy: expect.stringContaining('bamboo.login.totp') });
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_UNSUPPORTED');
    expect(posts(http.lines())).toEqual([AUTHENTICATE]);
  });

  it('may be tried again where the server had no answer', async () => {
    const { bamboo } = bambooFor({ ...TWO_STEP_SITE, [AUTHENTICATE]: [{ status: 503 }, taken] });
    expect((await failureIn(bamboo.login()))?.code).toBe('SERVER_UNREACHABLE');
    expect(await bamboo.login()).toBe('two-step login');
  });
});

describe('the code of the second step', () => {
  const site = (first: TableEntry, code: TableEntry) => ({ ...TWO_STEP_SITE, [AUTHENTICATE]: first, [CODE]: code });

  it.each([
    ['412 with a conversation', WANTS_CODE, { conversationId: 'talk-7', totpCode: '111111' }],
    ['401 with a conversation', { status: 401, body: { conversationId: 'talk-8' } }, { conversationId: 'talk-8', totpCode: '111111' }],
    ['200 without a login', { body: { nextStep: 'TOTP' } }, { totpCode: '111111' }],
    ['200 that says nothing', { body: {} }, { totpCode: '111111' }],
    ['400 that names the second step', { status: 400, body: { errors: ['Two-step verification is required'] } }, { totpCode: '111111' }],
  ])('is sent where the first one answers %s', async (_, first: TableAnswer, sent) => {
    const { http, bamboo } = bambooFor(site(first, { ...taken, status: 204, body: '' }), withCode('111111'));
    expect(await bamboo.login()).toBe('two-step login');
    expect(posts(http.lines())).toEqual([AUTHENTICATE, CODE]);
    expect(posted(http.requests.find((request) => request.url.endsWith('totp-code')))).toEqual(sent);
  });

  it.each([400, 401, 403])('that is refused with %s ends everything', async (status) => {
    const { http, bamboo } = bambooFor(site(WANTS_CODE, { status }), withCode('111111', '222222'));
    const failure = await failureIn(bamboo.login());
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED', message: expect.stringContaining('refused the code'), remedy: expect.stringContaining('clock') });
    expect((await failureIn(bamboo.planRepositories(PLAN)))?.code).toBe('LOGIN_REFUSED');
    expect(posts(http.lines())).toEqual([AUTHENTICATE, CODE]);
    expect(failure?.message).not.toContain('111111');
  });

  it('that nothing gives is told with what to set', async () => {
    const { http, bamboo } = bambooFor(site(WANTS_CODE, {}));
    expect(await failureIn(bamboo.login())).toMatchObject({ code: 'LOGIN_MISSING', remedy: expect.stringContaining('bamboo.login.totp') });
    expect((await failureIn(bamboo.login()))?.code).toBe('LOGIN_MISSING');
    expect(posts(http.lines())).toEqual([AUTHENTICATE]);
  });

  const forgetful = () => {
    let alive = 0;
    const code: TableEntry = () => {
      alive += 1;
      return { status: 204, cookies: [`JSESSIONID=in-${alive}; Path=/bamboo`] };
    };
    const table = {
      ...site(WANTS_CODE, code),
      [LIST]: [{ status: 302, headers: { location: '/bamboo/userlogin.action' } }, { body: '<ul id="panel-editor-list"></ul>' }],
    };
    return table;
  };

  it('is asked for anew when a lost session is renewed', async () => {
    const { http, bamboo } = bambooFor(forgetful(), withCode('111111', '222222'));
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    const codes = http.requests.filter((request) => request.url.endsWith('totp-code')).map(posted);
    expect(codes).toEqual([
      { conversationId: 'talk-7', totpCode: '111111' },
      { conversationId: 'talk-7', totpCode: '222222' },
    ]);
  });

  it('is never sent twice: a renewal that gets the same one stops, to go on later', async () => {
    const { http, bamboo } = bambooFor(forgetful(), withCode('111111', '111111'));
    expect(await failureIn(bamboo.planRepositories(PLAN))).toMatchObject({ code: 'LOGIN_ENDED', remedy: expect.stringContaining('next code') });
    expect(posts(http.lines()).filter((line) => line === CODE)).toHaveLength(1);
  });

  it('opens REST, too, where there is no token: with the cookies and without Basic', async () => {
    const info = 'GET /bamboo/rest/api/latest/info';
    const { http, bamboo } = bambooFor(
      { ...site(WANTS_CODE, taken), [info]: { body: { version: '10.2.7', state: 'RUNNING' } } },
      { login: withCode('1').login },
    );
    expect((await bamboo.info()).version).toBe('10.2.7');
    expect(http.requests.at(-1)?.headers).toMatchObject({ Cookie: expect.stringContaining('JSESSIONID=in'), Accept: 'application/json' });
    expect(http.requests.at(-1)?.headers).not.toHaveProperty('Authorization');
  });
});
