import { describe, expect, it } from '@jest/globals';
import { chooseCredentialForm, readCredentialForm } from '../../../../src/bamboo/credential/credential-form.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import type { Place } from '../../../../src/core/model.ts';
import type { OpenedObject } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { credentialForm, credentialList, credentialRow, INLINE, pairMarkup } from '../../../support/credential-pages.ts';
import type { TableEntry } from '../../../support/table-http.ts';
import { clientFor, lastBody } from '../client-for.ts';
import { failureIn, failureOf } from '../failure-of.ts';

const PLACE: Place = { object: 'shared-credential', id: '71', level: 'global', name: 'as listed' };
const LIST = 'GET /bamboo/admin/configureSharedCredentials.action';
const EDIT = 'GET /bamboo/admin/editSharedCredentials.action?credentialsId=71';
const SAVE = 'POST /bamboo/admin/updateSharedCredentials.action';
const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };
const OVERRIDE = { changeFlag: 'x', secret: 'y' };

function read(html: string, override?: { changeFlag: string; secret: string }) {
  const form = chooseCredentialForm(parsePage(html), '71', 'the page');
  if (form === undefined) throw new RangeError('no form');
  return readCredentialForm(form, PLACE, override);
}

function stateOf(html: string, override?: { changeFlag: string; secret: string }) {
  const reading = read(html, override);
  if (reading.kind !== 'credential') throw new RangeError(reading.type);
  return reading.state;
}

describe('the list of shared credentials', () => {
  const ids = async (body: string) => {
    const { entries, unread } = await clientFor({ [LIST]: { body } }).bamboo.sharedCredentials();
    return { names: entries.map(({ place }) => `${place.id} ${place.name}`), unread: unread.map(({ why }) => why) };
  };

  it('names every credential that may hold a user name and password, and no template', async () => {
    const rows = [
      credentialRow('1', 'team  ci', 'Username and password'),
      credentialRow('2', 'key', 'SSH'),
      credentialRow('3', 'bucket', 'AWS'),
      credentialRow('4', 'ssh user', 'username-password'),
      credentialRow('5', 'who knows', 'Basic'),
    ];
    expect(await ids(credentialList(rows.join('')))).toEqual({ names: ['1 team ci', '4 ssh user', '5 who knows'], unread: [] });
  });

  it('may be empty, and is not taken for empty where another page came', async () => {
    expect(await ids(credentialList(''))).toEqual({ names: [], unread: [] });
    expect((await ids('<h1>Atlassian Bamboo</h1>')).unread).toHaveLength(1);
    expect((await ids('<html><body><div class="aui-message error">No.</div>')).unread).toHaveLength(1);
  });

  it('is not believed where a row contradicts its link, or the page is cut', async () => {
    expect((await ids(credentialList(credentialRow('1', 'a', 'Username and password', '2')))).unread).toHaveLength(1);
    expect((await ids(`<html><body>${credentialList(credentialRow('1', 'a', 'x'))}`)).unread).toHaveLength(1);
  });
});

describe('the form of a shared credential', () => {
  it('shows name, user name and a pair that is found by its shape', () => {
    expect(stateOf(credentialForm())).toEqual({
      place: { ...PLACE, name: 'team & ci' },
      kind: 'credentials',
      credential: { kind: 'app-password', username: 'buildbot', inferred: true },
      settings: [
        ['credentialsId', '71'],
        ['credentialsName', 'team & ci'],
      ],
      writable: { kind: 'yes' },
      notes: [],
    });
  });

  it.each([
    ['temporary.bitbucket.passwordChange', 'temporary.password'],
    ['usernamePassword.password.change', 'repository.temporary.password'],
  ])('is understood with the names %s and %s', (flag, secret) => {
    const fragment = `<input name="credentials.userName" value="a@b.example">${pairMarkup(flag, secret)}`;
    expect(stateOf(credentialForm({ fragment }))).toMatchObject({ credential: { kind: 'api-token', username: 'a@b.example' }, writable: { kind: 'yes' } });
  });

  it.each([
    ['two pairs', INLINE + pairMarkup('other.password.change', 'other.password'), '2 pairs'],
    ['no pair', '<input name="username" value="u"><input type="password" name="secret">', 'no field for a new password'],
    ['a disabled user name', INLINE.replace('name="username"', 'name="username" disabled'), 'disabled'],
    ['a password without a user name', '<input name="login" value="u"><input type="password" name="secret">', 'no field that is known to be the user name'],
    ['a setting that saving would trim', `${INLINE}<input name="hint" value=" x">`, '"hint" begins or ends with a blank'],
  ])('is not written with %s', (_, fragment, why) => {
    expect(stateOf(credentialForm({ fragment })).writable).toMatchObject({ kind: 'no', why: expect.stringContaining(why) });
  });

  it.each([
    ['an SSH key', '<textarea name="sshKey"></textarea><input type="password" name="sshPassphrase">'],
    ['an access key', '<input name="accessKey" value="x"><input type="password" name="secretKey">'],
    ['without a user name and password', '<input name="host" value="x">'],
  ])('is of another type: %s', (type, fragment) => {
    expect(read(credentialForm({ fragment }))).toEqual({ kind: 'other-type', type });
  });

  it('takes the two controls that are named by hand, where this page has both', () => {
    const fragment = '<input name="username" value="u"><input type="checkbox" name="x" value="true"><input type="password" name="y">';
    expect(stateOf(credentialForm({ fragment })).writable.kind).toBe('no');
    expect(stateOf(credentialForm({ fragment }), OVERRIDE).writable).toEqual({ kind: 'yes' });
    expect(stateOf(credentialForm(), OVERRIDE).writable).toEqual({ kind: 'yes' });
  });

  it('is refused where it is another one, incomplete, or there twice', () => {
    expect(failureOf(() => read(credentialForm({ id: '72' })))?.message).toContain('another credential');
    expect(failureOf(() => read(credentialForm({ save: '' })))?.message).toContain('save button');
    expect(failureOf(() => read(credentialForm() + credentialForm()))?.message).toContain('2 forms');
  });
});

describe('writing the credential of a server', () => {
  async function open(table: Record<string, TableEntry>): Promise<{ http: ReturnType<typeof clientFor>['http']; object: OpenedObject }> {
    const { http, bamboo } = clientFor({ [EDIT]: { body: credentialForm() }, ...table });
    const opened = await bamboo.route('shared-credential').open(PLACE);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    return { http, object: opened.object };
  }

  it('posts its form with nothing changed but the pair', async () => {
    const { http, object } = await open({ [SAVE]: { body: { status: 'OK', credentials: { id: 71 } } } });
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    const names = [...lastBody(http).matchAll(/name="([^"]+)"\r\n\r\n(.*)\r\n/g)].map(([, name, value]) => `${name}=${value}`);
    expect(names).toEqual([
      'credentialsId=71',
      'credentialsName=team & ci',
      'username=ci@acme.example',
      'temporary.password.change=true',
      'checkBoxFields=temporary.password.change',
      'temporary.password=ATATcanary',
      'save=Save',
      'atl_token=xsrf-1',
      'bamboo.successReturnMode=json',
      'decorator=nothing',
      'confirm=true',
    ]);
  });

  it.each([
    ['OK without a word more', { body: { status: 'OK' } }, { kind: 'saved' }],
    ['another id', { body: { status: 'OK', sharedCredentials: { id: 72 } } }, { kind: 'other-object', id: '72' }],
    ['a redirect that says saved', { status: 302, headers: { location: '/bamboo/x.action?saved=true&credentialsId=71' } }, { kind: 'saved' }],
    ['a redirect that says nothing', { status: 302, headers: { location: '/bamboo/admin/configureSharedCredentials.action' } }, { kind: 'unanswered' }],
    [
      'the form with an error',
      { body: `${credentialForm()}<div class="error control-form-error" data-field-name="username">Bad.</div>` },
      { kind: 'refused', why: 'username: Bad.' },
    ],
    ['errors', { body: { status: 'ERROR', errors: ['No ATATcanary'] } }, { kind: 'refused', why: 'No [secret]' }],
  ])('believes %s for what it is', async (_, answer, said) => {
    expect(await (await open({ [SAVE]: answer })).object.write(PAIR)).toMatchObject(said);
  });

  it('sends nothing with an empty password, or to an address of another shape', async () => {
    const { http, object } = await open({});
    const before = http.requests.length;
    expect((await object.write({ ...PAIR, secret: new Secret(' ') })).kind).toBe('refused');
    expect(http.requests).toHaveLength(before);
    const away = await open({ [EDIT]: { body: credentialForm({ action: '/bamboo/admin/deleteSharedCredentials.action' }) } });
    expect(away.object.state.writable.kind).toBe('no');
    expect((await away.object.write(PAIR)).kind).toBe('refused');
  });

  it('has no connection test of its own', async () => {
    expect((await (await open({})).object.test('stored')).kind).toBe('not-offered');
  });

  it('says what stands there instead of a form', async () => {
    const { bamboo } = clientFor({ [EDIT]: { body: '<div class="aui-message error">Shared credentials not found.</div>' } });
    expect((await failureIn(bamboo.route('shared-credential').open(PLACE)))?.message).toContain('Shared credentials not found');
  });
});
