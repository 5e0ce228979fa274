import { type BambooParts, createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { startPage, TWO_STEP_PAGE } from '../../../support/login-pages.ts';
import { type TableAnswer, type TableEntry, tableHttp } from '../../../support/table-http.ts';

/** A login that a message must never show. */
export const LOGIN = { username: 'admin', password: new Secret('canary&pass') };
/** A plan, and the page that lists its repositories. */
export const PLAN = { key: 'WEB-A', project: 'WEB', name: 'A' };
export const LIST = 'GET /bamboo/chain/admin/config/editChainRepository.action';
export const EMPTY_LIST = '<div id="panel-editor-list"><ul></ul></div>';
export const AUTHENTICATE = 'POST /bamboo/rest/tsv/1.0/authenticate';
export const CODE = 'POST /bamboo/rest/tsv/latest/authenticate/totp-code';
export const ELEVATE = 'POST /bamboo/rest/tsv/latest/elevate-permissions/password';
export const STATUS = 'GET /bamboo/rest/api/latest/status';

/** A client for a table of answers. */
export function bambooFor(table: Readonly<Record<string, TableEntry>>, parts: Partial<BambooParts> = { restToken: new Secret('pat'), login: LOGIN }) {
  const http = tableHttp(table);
  return { http, bamboo: createBamboo({ http, url: 'https://bamboo.example/bamboo', headers: {}, ...parts }) };
}

/** The Cookie header of a request. */
export function cookieOf(request: HttpRequest): string {
  return request.headers?.Cookie ?? '';
}

/** What was posted as JSON. */
export function posted(request: HttpRequest | undefined): unknown {
  return JSON.parse(String(request?.body));
}

/** A page for those whose cookies hold the mark, the way to the login form for all others. */
export function pageFor(mark: string, body: string): (request: HttpRequest) => TableAnswer {
  return (request) => (cookieOf(request).includes(mark) ? { body } : { status: 302, headers: { location: '/bamboo/userlogin.action?os_destination=%2Fx' } });
}

/** A server of 10.1 or later: `taken` sets the cookie that the start page wants. */
export const taken: TableAnswer = { body: { targetUrl: '/' }, cookies: ['JSESSIONID=in; Path=/bamboo'] };
export const TWO_STEP_SITE: Readonly<Record<string, TableEntry>> = {
  'GET /bamboo/userlogin.action': { body: TWO_STEP_PAGE, cookies: ['JSESSIONID=out; Path=/bamboo', 'NODE=n1; Path=/'] },
  [AUTHENTICATE]: taken,
  'GET /bamboo/': (request) => ({ body: startPage(cookieOf(request).includes('JSESSIONID=in')) }),
  [LIST]: pageFor('JSESSIONID=in', EMPTY_LIST),
};
