import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { JSON_MODE, SimulatedBrowser, withEntry, withoutEntry } from '../../../support/simulated-browser.ts';

const PASSWORD = 'repository.bitbucket.password';
const USERNAME = 'repository.bitbucket.username';
const FLAG = 'temporary.bitbucket.password.change';
const SECRET = 'temporary.bitbucket.password';
const SAVE = '/admin/updateLinkedRepository.action';

type Entries = (readonly [string, string])[];

let simulator: Simulator;
let browser: SimulatedBrowser;

beforeAll(async () => {
  simulator = await startSimulator();
  browser = new SimulatedBrowser(simulator);
  await browser.logIn();
});
afterAll(() => simulator.stop());

function subject(): RepositoryDump {
  const found = simulator
    .repositories()
    .find((each) => each.level === 'global' && each.settings[USERNAME] === 'globex_bot' && each.settings['repository.bitbucket.useShallowClones'] === 'true');
  if (found === undefined) throw new TypeError('the seed has no such repository');
  return found;
}

function again(id: string): RepositoryDump {
  return simulator.repositories().find((each) => each.id === id) as RepositoryDump;
}

async function entriesOf(repository: RepositoryDump): Promise<Entries> {
  return (await browser.form(`/admin/editLinkedRepository.action?repositoryId=${repository.id}`)).entries;
}

/** Posts the form after a change and gives the repository before and after it. */
async function saveWith(change: (entries: Entries) => Entries): Promise<{ before: RepositoryDump; after: RepositoryDump; answer: Response }> {
  const before = subject();
  const answer = await browser.post(SAVE, [...change(await entriesOf(before)), ...JSON_MODE]);
  return { before, after: again(before.id), answer };
}

/** Puts a repository back as it was, so that tests do not lean on each other. */
function restore(repository: RepositoryDump): void {
  for (const [name, value] of Object.entries({ ...repository.settings, ...repository.secrets })) simulator.edit(repository.id, name, value);
}

describe('saving the password', () => {
  it('replaces it when the flag is true', async () => {
    const { before, after } = await saveWith((entries) => withEntry(withEntry(entries, FLAG, 'true'), SECRET, 'new secret'));
    expect(after).toEqual({ ...before, secrets: { ...before.secrets, [PASSWORD]: 'new secret' } });
    restore(before);
  });

  it('keeps the stored one when the flag is absent, whatever was typed', async () => {
    const { before, after } = await saveWith((entries) => withEntry(entries, SECRET, 'typed for nothing'));
    expect(after).toEqual(before);
  });

  it('keeps the stored one when the flag has another value than true', async () => {
    const { before, after } = await saveWith((entries) => withEntry(withEntry(entries, FLAG, 'on'), SECRET, 'typed for nothing'));
    expect(after).toEqual(before);
  });

  it.each([
    ['empty', (entries: Entries) => withEntry(entries, SECRET, '')],
    ['not posted', (entries: Entries) => withoutEntry(entries, SECRET)],
  ])('stores an empty one when the flag is true and the field is %s', async (_how, change) => {
    const { before, after } = await saveWith((entries) => change(withEntry(entries, FLAG, 'true')));
    expect(after.secrets[PASSWORD]).toBe('');
    restore(before);
  });

  it('does not store it under the name of another type', async () => {
    const { before, after } = await saveWith((entries) => [...entries, ['temporary.git.password.change', 'true'], ['temporary.git.password', 'elsewhere']]);
    expect(after).toEqual(before);
  });

  it('trims it', async () => {
    const { before, after } = await saveWith((entries) => withEntry(withEntry(entries, FLAG, 'true'), SECRET, '  padded\n'));
    expect(after.secrets[PASSWORD]).toBe('padded');
    restore(before);
  });
});

describe('saving the other controls', () => {
  it('changes the user name alone when only that differs, trimmed', async () => {
    const { before, after } = await saveWith((entries) => withEntry(entries, USERNAME, '  ci@acme.example '));
    expect(after).toEqual({ ...before, settings: { ...before.settings, [USERNAME]: 'ci@acme.example' } });
    restore(before);
  });

  it('turns an unposted checkbox off when checkBoxFields names it', async () => {
    const { before, after } = await saveWith((entries) => withoutEntry(entries, 'repository.bitbucket.useShallowClones'));
    expect(after.settings['repository.bitbucket.useShallowClones']).toBe('false');
    restore(before);
  });

  it('keeps an unposted checkbox that checkBoxFields does not name', async () => {
    const { before, after } = await saveWith((entries) => withoutEntry(withoutEntry(entries, 'repository.bitbucket.useShallowClones'), 'checkBoxFields'));
    expect(after).toEqual(before);
  });

  it.each(['repository.bitbucket.commandTimeout', 'repository.common.quietPeriod.period', 'filter.pattern.option'])(
    'loses %s when it is not posted',
    async (name) => {
      const { before, after } = await saveWith((entries) => withoutEntry(entries, name));
      expect(before.settings[name]).not.toBe('');
      expect(after.settings).toEqual({ ...before.settings, [name]: '' });
      restore(before);
    },
  );

  it('joins a text that was posted twice', async () => {
    const { before, after } = await saveWith((entries) => [...entries, ['repository.bitbucket.commandTimeout', '5']]);
    expect(after.settings['repository.bitbucket.commandTimeout']).toBe(`${before.settings['repository.bitbucket.commandTimeout']}, 5`);
    restore(before);
  });

  it('keeps every chosen option of a multiple select, and leaves a disabled select alone unless it is posted', async () => {
    const awkward = await startSimulator({ traits: { decoys: true } });
    const other = new SimulatedBrowser(awkward);
    await other.logIn();
    const repository = awkward.repositories().find((each) => each.level === 'global' && each.type === 'bbCloud');
    const form = await other.form(`/admin/editLinkedRepository.action?repositoryId=${repository?.id}`);
    const held = (): Readonly<Record<string, string>> | undefined => awkward.repositories().find((each) => each.id === repository?.id)?.settings;
    await other.post(SAVE, [...form.entries, ...JSON_MODE]);
    expect(held()).toMatchObject({ 'repository.bitbucket.notify': 'success,first-failure', 'repository.bitbucket.mirror': '' });
    await other.post(SAVE, [...form.entries, ['repository.bitbucket.mirror', 'inherited'], ...JSON_MODE]);
    expect(held()).toMatchObject({ 'repository.bitbucket.mirror': 'inherited' });
    await awkward.stop();
  });
});

describe('the answer to a save', () => {
  it('is JSON with the id and the name when JSON is asked for', async () => {
    const { before, answer } = await saveWith((entries) => entries);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({ status: 'OK', repositoryResult: { id: Number(before.id), name: before.name } });
  });

  it('is the same JSON in a lone textarea when json-as-html is asked for', async () => {
    const repository = subject();
    const answer = await browser.post(SAVE, [...(await entriesOf(repository)), ['bamboo.successReturnMode', 'json-as-html']]);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(JSON.parse(load(await answer.text())('textarea').text())).toMatchObject({ status: 'OK', repositoryResult: { id: Number(repository.id) } });
  });

  it('is a redirect with saved=true and the id when no JSON is asked for', async () => {
    const repository = subject();
    const answer = await browser.post(SAVE, await entriesOf(repository));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`${simulator.bambooUrl}/admin/configureLinkedRepositories.action?saved=true&repositoryId=${repository.id}`);
  });

  it.each([
    ['repositoryName', ''],
    ['repositoryName', 'shared library'],
    [USERNAME, ''],
    ['repository.bitbucket.repository', ''],
    ['repository.bitbucket.branch', ' '],
    ['repository.bitbucket.accessLevel', 'SECRET'],
  ])('is the form again, with nothing saved, when %s is "%s"', async (name, value) => {
    const { before, after, answer } = await saveWith((entries) => withEntry(entries, name, value));
    const page = load(await answer.text());
    expect(answer.status).toBe(200);
    expect(page(`div.error.control-form-error[data-field-name="${name}"]`)).toHaveLength(1);
    expect(page('div.aui-message.error > p').text()).not.toBe('');
    expect(page(`[name="${name}"]`).length).toBeGreaterThan(0);
    expect(after).toEqual(before);
  });

  it('is JSON with the field errors where a server tells them so', async () => {
    const other = await startSimulator({ traits: { validationAnswer: 'json' } });
    const person = new SimulatedBrowser(other);
    await person.logIn();
    const form = await person.form(`/admin/editLinkedRepository.action?repositoryId=${subject().id}`);
    const answer = await person.post(SAVE, [...withEntry(form.entries, USERNAME, ''), ...JSON_MODE]);
    expect(await answer.json()).toMatchObject({ status: 'ERROR', fieldErrors: { [USERNAME]: ['Username is required.'] } });
    await other.stop();
  });

  it('is a refusal when the repository type is missing from the form', async () => {
    const { before, after, answer } = await saveWith((entries) => withoutEntry(entries, 'selectedRepository'));
    expect(await answer.text()).toContain('There were problems with what you entered.');
    expect(after).toEqual(before);
  });

  it('is the system error page when the form is not multipart', async () => {
    const before = simulator.repositories();
    const body = new URLSearchParams((await entriesOf(subject())).map(([name, value]): [string, string] => [name, value]));
    const answer = await browser.fetch(SAVE, { method: 'POST', body, headers: { 'X-Atlassian-Token': 'no-check' } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('A system error has occurred');
    expect(simulator.repositories()).toEqual(before);
  });
});

describe('the token of a form', () => {
  it('may stand in for the header', async () => {
    const repository = subject();
    const answer = await browser.post(SAVE, [...(await entriesOf(repository)), ...JSON_MODE], {});
    expect(await answer.text()).toContain('"status":"OK"');
  });

  it.each([
    ['missing', (entries: Entries) => withoutEntry(entries, 'atl_token')],
    ['of another session', (entries: Entries) => withEntry(entries, 'atl_token', '0123456789')],
  ])('gives the XSRF page and saves nothing when it is %s and there is no header', async (_how, change) => {
    const before = simulator.repositories();
    const entries = withEntry(change(await entriesOf(subject())), USERNAME, 'someone');
    const answer = await browser.post(SAVE, [...entries, ...JSON_MODE], {});
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('XSRF Security Token Missing');
    expect(simulator.repositories()).toEqual(before);
  });
});
