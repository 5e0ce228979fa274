import { createBamboo } from '../../../src/bamboo/create-bamboo.ts';
import type { Bamboo } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/core/secret.ts';
import { loginPage, startPage } from '../../support/login-pages.ts';
import { type TableEntry, type TableHttp, tableHttp } from '../../support/table-http.ts';

const DOOR: Record<string, TableEntry> = {
  'GET /bamboo/userlogin.action': { body: loginPage('t') },
  'POST /bamboo/userlogin.action': { status: 302, headers: { location: '/bamboo/start.action' }, cookies: ['JSESSIONID=in'] },
  'GET /bamboo/': { body: startPage(true) },
};

/** A client of a server that answers from a table; logging in works. */
export function clientFor(table: Record<string, TableEntry>): { readonly http: TableHttp; readonly bamboo: Bamboo } {
  const http = tableHttp({ ...DOOR, ...table });
  const login = { username: 'admin', password: new Secret('p') };
  return { http, bamboo: createBamboo({ http, url: 'https://bamboo.example/bamboo', restToken: new Secret('pat'), login, headers: {} }) };
}

/** The body of the last request, as text. */
export function lastBody(http: TableHttp): string {
  return Buffer.from(http.requests.at(-1)?.body ?? '').toString();
}
