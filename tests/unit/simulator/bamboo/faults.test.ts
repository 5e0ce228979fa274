import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FaultInput, type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { JSON_MODE, SimulatedBrowser, withEntry } from '../../../support/simulated-browser.ts';

const SAVE = '/admin/updateLinkedRepository.action';
const USERNAME = 'repository.bitbucket.username';
const SECRET_TYPED = 'ATATsecret-that-was-typed';

let simulator: Simulator;
let browser: SimulatedBrowser;

beforeEach(async () => {
  simulator = await startSimulator({ repositories: 12 });
  browser = new SimulatedBrowser(simulator);
  await browser.logIn();
});
afterEach(() => simulator.stop());

function subject(): RepositoryDump {
  return simulator.repositories().find((each) => each.level === 'global' && each.settings[USERNAME] === 'buildbot') as RepositoryDump;
}

function userNow(): string | undefined {
  return simulator.repositories().find((each) => each.id === id)?.settings[USERNAME];
}

let id = '';

/** Saves a new user name while a fault waits for it. */
async function saveUnder(fault: FaultInput): Promise<Response> {
  id = subject().id;
  const { entries } = await browser.form(`/admin/editLinkedRepository.action?repositoryId=${id}`);
  simulator.fault({ path: 'updateLinkedRepository', ...fault });
  const changed = withEntry(
    withEntry(withEntry(entries, USERNAME, 'new-user'), 'temporary.bitbucket.password.change', 'true'),
    'temporary.bitbucket.password',
    SECRET_TYPED,
  );
  return browser.post(SAVE, [...changed, ...JSON_MODE]);
}

describe('a fault around a save', () => {
  it('loses the answer after the write was done', async () => {
    await expect(saveUnder({ kind: 'answer-lost' })).rejects.toThrow('fetch failed');
    expect(userNow()).toBe('new-user');
  });

  it('resets the connection before the write', async () => {
    await expect(saveUnder({ kind: 'reset' })).rejects.toThrow('fetch failed');
    expect(userNow()).toBe('buildbot');
  });

  it.each([
    ['error-page', 'buildbot'],
    ['error-page-after-write', 'new-user'],
  ] as const)('gives a stack trace that repeats what was posted (%s leaves %s)', async (kind, user) => {
    const answer = await saveUnder({ kind });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('A system error has occurred');
    expect(text).toContain(SECRET_TYPED);
    expect(userNow()).toBe(user);
  });

  it('ignores the save and says that all is well', async () => {
    expect(await (await saveUnder({ kind: 'save-ignored' })).json()).toMatchObject({ status: 'OK', repositoryResult: { id: Number(id) } });
    expect(userNow()).toBe('buildbot');
  });

  it('resets another setting in passing', async () => {
    const before = subject();
    await saveUnder({ kind: 'save-resets-setting', setting: 'repository.bitbucket.commandTimeout' });
    const after = simulator.repositories().find((each) => each.id === id);
    expect(after?.settings).toEqual({ ...before.settings, [USERNAME]: 'new-user', 'repository.bitbucket.commandTimeout': '' });
  });

  it('creates a second repository and names that one', async () => {
    const before = simulator.repositories();
    const answer = (await (await saveUnder({ kind: 'save-creates-second' })).json()) as { repositoryResult: { id: number } };
    const after = simulator.repositories();
    expect(after).toHaveLength(before.length + 1);
    expect(String(answer.repositoryResult.id)).not.toBe(id);
    expect(userNow()).toBe('buildbot');
    expect(after.find((each) => each.id === String(answer.repositoryResult.id))?.settings[USERNAME]).toBe('new-user');
  });

  it('loses the session, so that the save is sent to the login form', async () => {
    const answer = await saveUnder({ kind: 'session-lost' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain('userlogin');
    expect(userNow()).toBe('buildbot');
  });

  it('hangs until the simulator stops', async () => {
    const pending = saveUnder({ kind: 'hang' }).then(
      () => 'answered',
      () => 'cut off',
    );
    while (!simulator.requests().some((each) => each.method === 'POST' && each.path.endsWith(SAVE))) await browser.page('/');
    await simulator.stop();
    expect(await pending).toBe('cut off');
  });
});

describe('a fault around a read', () => {
  const info = (): Promise<Response> => fetch(`${simulator.bambooUrl}/rest/api/latest/info`, { headers: { authorization: `Bearer ${simulator.restToken}` } });

  it.each([
    ['unauthorized', 401, 'application/json'],
    ['forbidden', 403, 'application/json'],
    ['rate-limit', 429, 'application/json'],
    ['xml-error', 200, 'application/xml'],
    ['html-instead-of-json', 200, 'text/html'],
    ['error-page', 500, 'text/html'],
  ] as const)('answers %s with %i and %s', async (kind, status, type) => {
    simulator.fault({ kind });
    const answer = await info();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    expect((await info()).status).toBe(200);
  });

  it('says when to come back while the rate is limited', async () => {
    simulator.fault({ kind: 'rate-limit', retryAfterSeconds: 7 });
    expect((await info()).headers.get('retry-after')).toBe('7');
  });

  it('cuts a page off before its form is closed', async () => {
    simulator.fault({ kind: 'page-cut', path: 'editLinkedRepository' });
    const page = await browser.page(`/admin/editLinkedRepository.action?repositoryId=${subject().id}&decorator=nothing&confirm=true`);
    expect(page).toContain('<form');
    expect(page).not.toContain('_save"');
  });

  it('meets as many matching requests as were asked for, after those that pass first', async () => {
    simulator.fault({ kind: 'unauthorized', path: '/info', skip: 1, times: 2 });
    const statuses = [];
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await info()).status);
    expect(statuses).toEqual([200, 401, 401, 200, 200]);
  });

  it('meets only the repository and the method that it names', async () => {
    const [first, second] = simulator.repositories().filter((each) => each.level === 'global');
    simulator.fault({ kind: 'error-page', method: 'GET', repositoryId: second?.id });
    expect((await browser.fetch(`/admin/editLinkedRepository.action?repositoryId=${first?.id}`)).status).toBe(200);
    expect((await browser.fetch(`/admin/editLinkedRepository.action?repositoryId=${second?.id}`)).status).toBe(500);
  });

  it('does not happen once it is taken back', async () => {
    simulator.fault({ kind: 'unauthorized' });
    simulator.clearFaults();
    expect((await info()).status).toBe(200);
  });
});
