import { describe, expect, it } from '@jest/globals';
import { LOGIN_LOCK, PASSWORD_PROMPT } from '../../../support/login-pages.ts';
import type { TableAnswer, TableEntry } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { bambooFor, cookieOf, ELEVATE, EMPTY_LIST, LIST, PLAN, posted, TWO_STEP_SITE } from './site-table.ts';

/** A server that shows its pages to elevated sessions only; `end()` ends the elevation. */
function guarded(elevate: TableAnswer = { status: 204 }, prompt: TableAnswer = { body: PASSWORD_PROMPT }) {
  let elevations = 0;
  let elevated = false;
  const table: Record<string, TableEntry> = {
    ...TWO_STEP_SITE,
    [LIST]: () => (elevated ? { body: EMPTY_LIST } : prompt),
    [ELEVATE]: () => {
      elevations += 1;
      elevated = (elevate.status ?? 200) < 300;
      return elevate;
    },
  };
  const end = (): void => {
    elevated = false;
  };
  return { ...bambooFor(table), elevations: () => elevations, end };
}

describe('a secure administrator session', () => {
  it.each([
    ['a page', { body: PASSWORD_PROMPT }],
    [
      'a page whose script quotes an edit form',
      { body: PASSWORD_PROMPT.replace('</body>', '<script>var form = "<input name=selectedRepository>";</script></body>') },
    ],
    ['a page with 401', { status: 401, body: PASSWORD_PROMPT }],
    ['a page with 403', { status: 403, body: PASSWORD_PROMPT }],
    [
      'a form that asks for os_password and no name',
      { body: '<html class="bamboo"><form class="aui"><input type="password" name="os_password"></form></html>' },
    ],
  ])('is opened with the password when %s asks for it', async (_, prompt: TableAnswer) => {
    const { http, bamboo } = guarded({ status: 204 }, prompt);
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    const post = http.requests.find((request) => request.url.endsWith('elevate-permissions/password'));
    expect(posted(post)).toEqual({ password: 'canary&pass' });
    expect(post).toMatchObject({ effect: 'write', headers: { 'X-Atlassian-Token': 'no-check' } });
    expect(post === undefined ? '' : cookieOf(post)).toContain('JSESSIONID=in');
  });

  it('is opened once for all who meet the prompt, and again when it ran out', async () => {
    const { bamboo, elevations, end } = guarded();
    const all = () => Promise.all(Array.from({ length: 8 }, () => bamboo.planRepositories(PLAN)));
    expect((await all()).flatMap((listing) => listing.unread)).toEqual([]);
    expect(elevations()).toBe(1);
    end();
    expect((await all()).flatMap((listing) => listing.unread)).toEqual([]);
    expect(elevations()).toBe(2);
  });

  it.each([
    ['400', { status: 400, body: { errors: ['incorrect password'] } }, 'ELEVATION_REFUSED'],
    ['401', { status: 401 }, 'ELEVATION_REFUSED'],
    ['403', { status: 403 }, 'ELEVATION_REFUSED'],
    ['the lock', { status: 403, body: LOGIN_LOCK }, 'LOGIN_CAPTCHA'],
  ])('that is refused with %s ends everything after one attempt', async (_, answer: TableAnswer, code) => {
    const { bamboo, elevations } = guarded(answer);
    const failures = [await failureIn(bamboo.planRepositories(PLAN)), await failureIn(bamboo.planRepositories(PLAN)), await failureIn(bamboo.login())];
    expect(failures.map((failure) => failure?.code)).toEqual([code, code, code]);
    expect(elevations()).toBe(1);
    expect(failures.map((failure) => failure?.message).join()).not.toContain('canary');
  });

  it('leaves the page unread where the server has no such call', async () => {
    const { bamboo } = guarded({ status: 404 });
    expect((await bamboo.planRepositories(PLAN)).unread[0]?.why).toContain('has no call that takes it');
    expect(await bamboo.login()).toBe('two-step login');
  });

  it('is not asked for again and again: a prompt after the password was taken leaves the page unread', async () => {
    const { bamboo, http } = bambooFor({ ...TWO_STEP_SITE, [LIST]: { body: PASSWORD_PROMPT }, [ELEVATE]: { status: 204 } });
    expect((await bamboo.planRepositories(PLAN)).unread[0]?.why).toContain('again after the password was taken');
    expect(http.lines().filter((line) => line === ELEVATE)).toHaveLength(1);
  });

  it('is not taken for asked where a page that was asked for speaks of it', async () => {
    const banner = `<html class="bamboo"><p>You have administrator access. Secure administrator session: drop it</p>${EMPTY_LIST}</html>`;
    const { bamboo } = bambooFor({ ...TWO_STEP_SITE, [LIST]: { body: banner } });
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
  });
});
