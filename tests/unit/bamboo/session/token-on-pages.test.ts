import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../../src/core/secret.ts';
import { loginPage, PASSWORD_PROMPT } from '../../../support/login-pages.ts';
import type { TableAnswer, TableEntry } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';
import { bambooFor, EMPTY_LIST, LIST, PLAN } from './site-table.ts';

const LINKED = 'GET /bamboo/rest/api/latest/repository';
const PROJECTS = 'GET /bamboo/rest/api/latest/project';
const FORM = 'GET /bamboo/admin/editLinkedRepository.action';
const ANY_FORM = { body: '<form class="aui"><input name="repositoryId" value="7"><input name="selectedRepository" value="x:y"></form>' };
const one = { body: { searchResults: [{ id: 7, name: 'x' }] } };
const none = { body: { searchResults: [] } };
const noProjects = { body: { projects: { project: [] } } };
const tokenOnly = (table: Record<string, TableEntry>) => bambooFor(table, { restToken: new Secret('pat-canary') });

describe('a personal access token on web pages', () => {
  it('is believed where one GET of an edit form shows that the server lets it in', async () => {
    const { http, bamboo } = tokenOnly({ [LINKED]: one, [FORM]: ANY_FORM, [LIST]: { body: EMPTY_LIST } });
    expect(await bamboo.login()).toBe('personal access token');
    expect((await bamboo.planRepositories(PLAN)).unread).toEqual([]);
    expect(http.requests.every(({ method, headers }) => method === 'GET' && headers?.Authorization === 'Bearer pat-canary')).toBe(true);
    expect(http.lines().filter((line) => line.startsWith(FORM))).toHaveLength(1);
  });

  it("is tried on a project's repository where none is linked", async () => {
    const { bamboo } = tokenOnly({
      [LINKED]: none,
      [PROJECTS]: [{ body: { projects: { project: [{ key: 'WEB' }] } } }, noProjects],
      'GET /bamboo/rest/api/latest/project/WEB/repositories': [{ body: { results: [{ id: 9, name: 'y' }] } }, { body: { results: [] } }],
      'GET /bamboo/project/editProjectRepository.action': ANY_FORM,
    });
    expect(await bamboo.login()).toBe('personal access token');
  });

  it.each([
    ['its login page', { body: loginPage('t') }],
    ['the way to the login page', { status: 302, headers: { location: '/bamboo/userlogin.action' } }],
    ['401', { status: 401, body: 'no' }],
    ['a missing permission', { status: 403, body: '<html class="bamboo"></html>' }],
    ['a prompt for the password', { body: PASSWORD_PROMPT }],
    ['the way to another origin', { status: 302, headers: { location: 'https://sso.example/' } }],
  ])('is never assumed: %s means that a login is needed, and ends nothing else', async (_, answer: TableAnswer) => {
    const { http, bamboo } = tokenOnly({ [LINKED]: one, [FORM]: answer });
    const failure = await failureIn(bamboo.login());
    expect(failure).toMatchObject({ code: 'LOGIN_MISSING', message: expect.stringContaining('does not let the personal access token into them') });
    expect((await bamboo.planRepositories(PLAN)).unread[0]?.why).toContain('no login is configured');
    expect((await bamboo.linkedRepositories()).unread).toEqual([]);
    expect(http.lines().filter((line) => line.startsWith(FORM))).toHaveLength(1);
  });

  it('is not tried where there is no repository to try it on', async () => {
    const { bamboo } = tokenOnly({ [LINKED]: none, [PROJECTS]: noProjects });
    expect((await failureIn(bamboo.login()))?.message).toContain('there is no repository on which to try');
  });

  it('is not tried where a login is configured', async () => {
    const { http, bamboo } = bambooFor({ 'GET /bamboo/userlogin.action': { status: 500, body: '<html class="bamboo">' } });
    expect((await failureIn(bamboo.login()))?.code).toBe('PAGE_ERROR');
    expect(http.requests.every(({ headers }) => headers?.Authorization === undefined)).toBe(true);
  });
});
