import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../../src/core/model.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { credentialForm, credentialList, credentialRow } from '../../../support/credential-pages.ts';
import type { TableEntry } from '../../../support/table-http.ts';
import { clientFor, lastBody } from '../client-for.ts';

const PLACE: Place = { object: 'shared-credential', id: '71', level: 'global', name: 'ci' };
const LIST = 'GET /bamboo/admin/configureSharedCredentials.action';
const EDIT = 'GET /bamboo/admin/editSharedCredentials.action?credentialsId=71';
const IMPORT = 'POST /bamboo/rest/api/latest/import/sharedCredentials';
const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };
/** A password field, and nothing that says whether it changes. */
const BARE = '<input type="text" name="username" value="buildbot"><input type="password" name="password">';
const row = (id: string, name: string, type = 'Username and password') => credentialRow(id, name, type);

async function open(rows: string, name = 'ci', table: Record<string, TableEntry> = {}, place = PLACE) {
  const pages = { [EDIT]: { body: credentialForm({ name, fragment: BARE }) }, [LIST]: { body: credentialList(rows) } };
  const { http, bamboo } = clientFor({ ...pages, ...table });
  const opened = await bamboo.route('shared-credential').open(place);
  if (opened.kind !== 'object') throw new RangeError(opened.kind);
  return { http, object: opened.object };
}

describe('a shared credential of the server whose form shows no way to change its secret', () => {
  it('is written by import, which needs no name of a field', async () => {
    const { http, object } = await open(row('71', 'ci') + row('72', 'other'), 'ci', { [IMPORT]: { body: '"/bamboo/x.action?credentialsId=71"' } });
    expect(object.state).toMatchObject({ credential: { kind: 'app-password', username: 'buildbot' }, writable: { kind: 'yes' } });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(lastBody(http)).toMatch(
      /\n {2}name: ["']ci["']\n {2}oid: null\n {2}project: null\n {2}password: ["']ATATcanary["']\n {2}username: ["']ci@acme.example["']\n/,
    );
  });

  it.each<[string, string, string]>([
    ['another one, of whatever type, has its name', row('71', 'ci') + row('72', 'ci', 'SSH'), '2 shared credentials of the server are called "ci"'],
    ['the list does not hold it', row('72', 'other'), '0 shared credentials of the server are called "ci"'],
    ['the list can not be read', '<tr id="item-x"><td>?</td></tr>', 'do not tell which credential they are about'],
  ])('is not written where %s', async (_what, rows, why) => {
    const { http, object } = await open(rows);
    expect(object.state.writable).toEqual({ kind: 'no', why: expect.stringContaining(why) });
    expect(await object.write(PAIR)).toMatchObject({ kind: 'refused' });
    expect(http.requests.filter(({ method, url }) => method === 'POST' && !url.includes('userlogin'))).toEqual([]);
  });

  it('is written by its oid where the database tells it, whatever else has its name', async () => {
    const table = { [IMPORT]: { body: '"/bamboo/x.action?credentialsId=71"' } };
    const { http, object } = await open(row('71', 'ci') + row('72', 'ci'), 'ci', table, { ...PLACE, oid: 'abc' });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(lastBody(http)).toMatch(/\n {2}oid:\n {4}oid: ["']abc["']\n/);
    expect((await open(row('72', 'ci'), 'ci', table, { ...PLACE, oid: 'abc' })).object.state.writable).toMatchObject({ kind: 'no' });
  });

  it('is not written where an import would refuse its name', async () => {
    const { object } = await open(row('71', 'team &amp; ci'), 'team &amp; ci');
    expect(object.state.writable).toEqual({ kind: 'no', why: expect.stringContaining('the character &') });
  });

  it.each<[string, string, object]>([
    ['the list shows it alone', row('71', 'ci'), { kind: 'saved' }],
    ['the list shows a second one', row('71', 'ci') + row('99', 'ci'), { kind: 'other-object', id: '99' }],
  ])('is judged by the list where the answer names no id: %s', async (_what, after, said) => {
    let lists = 0;
    const table = { [LIST]: () => ({ body: credentialList(lists++ === 0 ? row('71', 'ci') : after) }), [IMPORT]: { body: 'https://bamboo.example/x' } };
    expect(await (await open('', 'ci', table)).object.write(PAIR)).toEqual(said);
  });
});
