import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { PROFILES, type ProfileName, type SharedCredentialDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { JSON_MODE, SimulatedBrowser, withEntry, withoutEntry } from '../../../support/simulated-browser.ts';

const LIST = '/admin/configureSharedCredentials.action';
const SAVE = '/admin/updateSharedCredentials.action';
const FLAG = 'temporary.password.change';
const SECRET = 'temporary.password';

let simulator: Simulator;
let browser: SimulatedBrowser;

async function start(profile: ProfileName = 'standard'): Promise<void> {
  simulator = await startSimulator({ profile });
  browser = new SimulatedBrowser(simulator);
  await browser.logIn();
}

beforeEach(() => start());
afterEach(() => simulator.stop());

function named(name: string, project: string | null = null): SharedCredentialDump {
  return simulator.sharedCredentials().find((each) => each.name === name && each.project === project) as SharedCredentialDump;
}

async function form(id: string): Promise<{ action: string; entries: [string, string][] }> {
  const page = load(await browser.page(`/admin/editSharedCredentials.action?credentialsId=${id}`));
  const entries = page('form[enctype="multipart/form-data"]')
    .find('input:not([type=submit]):not([type=checkbox]), textarea')
    .toArray()
    .map((each): [string, string] => [page(each).attr('name') ?? '', String(page(each).val() ?? '')]);
  return { action: page('form[enctype="multipart/form-data"]').attr('action') ?? '', entries };
}

describe('the list of shared credentials', () => {
  it('holds those of the whole server with name, type and a link to the form, and none of a project', async () => {
    const page = load(await browser.page(LIST));
    const rows = page('table.aui tr[id^=item-]')
      .toArray()
      .map((row) => [page(row).attr('id'), page(row).find('td').eq(0).text(), page(row).find('a.update-credentials').attr('href')]);
    expect(rows).toEqual(
      simulator
        .sharedCredentials()
        .filter((each) => each.project === null)
        .map((each) => [`item-${each.id}`, each.name, `/bamboo/admin/editSharedCredentials.action?credentialsId=${each.id}`]),
    );
    expect(
      page(`#item-${named('deploy key').id} td`)
        .eq(1)
        .text(),
    ).toBe('SSH');
  });

  it('holds one name in two scopes, and several types', () => {
    const all = simulator.sharedCredentials();
    expect(all.filter((each) => each.name === 'deploy key').map((each) => each.project)).toEqual([null, 'WEB']);
    expect(new Set(all.map((each) => each.type))).toEqual(new Set(['username-password', 'ssh', 'aws']));
  });

  it.each([
    ['username', { username: 'globex_bot' }],
    ['none', {}],
  ] as const)('tells over REST about attributes of a project what the trait says: %s', async (credentialAttributes, expected) => {
    await simulator.stop();
    simulator = await startSimulator({ traits: { credentialAttributes } });
    const answer = await fetch(`${simulator.bambooUrl}/rest/api/latest/project/WEB/sharedCredentials`, {
      headers: { authorization: `Bearer ${simulator.restToken}` },
    });
    expect(((await answer.json()) as { results: object[] }).results[0]).toMatchObject({ name: 'bitbucket cloud', attributes: expected });
  });
});

describe('the form of a shared credential', () => {
  it.each(Object.keys(PROFILES) as ProfileName[])('comes back unchanged in the profile %s, and shows no secret', async (profile) => {
    await simulator.stop();
    await start(profile);
    const before = simulator.sharedCredentials();
    for (const credential of before.filter((each) => each.project === null)) {
      const page = await browser.page(`/admin/editSharedCredentials.action?credentialsId=${credential.id}`);
      for (const secret of Object.values(credential.secrets)) expect(page).not.toContain(secret);
      const { entries } = await form(credential.id);
      expect(await (await browser.post(SAVE, [...entries, ...JSON_MODE])).text()).toContain('OK');
    }
    expect(simulator.sharedCredentials()).toEqual(before);
  });

  it('stores another password when the flag is true, and keeps it when it is not', async () => {
    const before = named('bitbucket cloud');
    const { entries } = await form(before.id);
    await browser.post(SAVE, [...withEntry(entries, SECRET, 'typed for nothing'), ...JSON_MODE]);
    expect(named('bitbucket cloud')).toEqual(before);
    await browser.post(SAVE, [...withEntry(withEntry(entries, FLAG, 'true'), SECRET, 'new secret'), ...JSON_MODE]);
    expect(named('bitbucket cloud')).toEqual({ ...before, secrets: { password: 'new secret' } });
  });

  it('stores an EMPTY password when the flag is true and nothing is typed', async () => {
    const before = named('bitbucket cloud');
    const { entries } = await form(before.id);
    await browser.post(SAVE, [...withEntry(entries, FLAG, 'true'), ...JSON_MODE]);
    expect(named('bitbucket cloud').secrets.password).toBe('');
  });

  it.each([
    ['credentialsName', ''],
    ['credentialsName', 'git over https'],
    ['username', ' '],
  ])('is refused with %s = "%s", and tells which field', async (name, value) => {
    const before = simulator.sharedCredentials();
    const { entries } = await form(named('bitbucket cloud').id);
    const answer = await browser.post(SAVE, [...withEntry(entries, name, value), ...JSON_MODE]);
    expect(answer.status).toBe(200);
    expect(load(await answer.text())('div.error.control-form-error').attr('data-field-name')).toBe(name);
    expect(simulator.sharedCredentials()).toEqual(before);
  });

  it('is refused without the token, and fails without multipart', async () => {
    const before = simulator.sharedCredentials();
    const { entries } = await form(named('bitbucket cloud').id);
    expect((await browser.post(SAVE, withoutEntry(entries, 'atl_token'), {})).status).toBe(403);
    expect((await browser.fetch(SAVE, { method: 'POST', body: new URLSearchParams(entries) })).status).toBe(500);
    expect(simulator.sharedCredentials()).toEqual(before);
  });

  it('does not exist for one of a project, for an unknown one and for a deleted one', async () => {
    const deleted = named('used by nobody').id;
    simulator.removeSharedCredential(deleted);
    for (const id of [named('deploy key', 'WEB').id, '1', deleted]) {
      const page = load(await browser.page(`/admin/editSharedCredentials.action?credentialsId=${id}`));
      expect(page('div.aui-message.error')).toHaveLength(1);
      expect(page('form[enctype]')).toHaveLength(0);
    }
  });

  it('meets faults of a save', async () => {
    const before = named('bitbucket cloud');
    const { entries } = await form(before.id);
    simulator.fault({ kind: 'save-ignored', path: 'updateSharedCredentials' });
    await browser.post(SAVE, [...withEntry(entries, 'username', 'someone'), ...JSON_MODE]);
    expect(named('bitbucket cloud')).toEqual(before);
  });
});

describe('the page that asks whether to delete', () => {
  it('lists every repository and task that uses the credential, in either slot and of every level', async () => {
    const users = async (name: string): Promise<string[]> => {
      const page = load(await browser.page(`/admin/confirmDeleteSharedCredentials.action?credentialsId=${named(name).id}`));
      return page('ul a')
        .toArray()
        .map((each) => page(each).text());
    };
    const using = (id: string): string[] =>
      simulator.repositories().flatMap((each) => (Object.entries(each.settings).some(([key, value]) => /Shared/.test(key) && value === id) ? [each.name] : []));
    expect(await users('git and cloud')).toEqual(using(named('git and cloud').id));
    expect(await users('deploy key')).toEqual(using(named('deploy key').id));
    expect(await users('bitbucket cloud')).toEqual([...using(named('bitbucket cloud').id), 'Push the documentation']);
    expect(await users('used by nobody')).toEqual([]);
  });

  it('changes nothing by itself, and deletes when its form is sent', async () => {
    const { id } = named('git over https');
    const page = load(await browser.page(`/admin/confirmDeleteSharedCredentials.action?credentialsId=${id}`));
    expect(named('git over https')).toBeDefined();
    const body = new URLSearchParams({ credentialsId: id, atl_token: String(page('[name=atl_token]').val()) });
    await browser.fetch('/admin/deleteSharedCredentials.action', { method: 'POST', body });
    expect(named('git over https')).toBeUndefined();
  });
});

describe('the connection test of a repository on a shared credential', () => {
  async function errorsOf(id: string): Promise<string[]> {
    const answer = await fetch(`${simulator.bambooUrl}/rest/api/latest/repository/testConnection`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${simulator.restToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries((await browser.form(`/admin/editLinkedRepository.action?repositoryId=${id}`)).entries)),
    });
    return ((await answer.json()) as { connectionErrors: string[] }).connectionErrors;
  }

  it.each([
    ['git over https', 'x-bitbucket-api-token-auth'],
    ['git and cloud', 'x-bitbucket-api-token-auth'],
  ])('uses what "%s" holds now', async (name, username) => {
    const { id } = named(name);
    const repository = simulator
      .repositories()
      .find((each) => each.level === 'global' && each.type === 'git' && each.settings['repository.git.passwordSharedCredentials'] === id);
    expect(await errorsOf(repository?.id ?? '')).not.toEqual([]);
    simulator.editSharedCredential(id, { username, password: simulator.tokens[0]?.value ?? '' });
    expect(await errorsOf(repository?.id ?? '')).toEqual([]);
    simulator.editSharedCredential(id, { type: 'ssh' });
    expect(await errorsOf(repository?.id ?? '')).not.toEqual([]);
    simulator.removeSharedCredential(id);
    expect(await errorsOf(repository?.id ?? '')).not.toEqual([]);
  });
});
