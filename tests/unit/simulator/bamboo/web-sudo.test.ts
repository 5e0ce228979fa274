import { afterEach, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const LIST = '/admin/configureLinkedRepositories.action';
const PLAN = '/chain/admin/config/editChainRepository.action?buildKey=WEB-CI';
const ELEVATE = '/rest/tsv/latest/elevate-permissions/password';

let simulator: Simulator;
let browser: SimulatedBrowser;
const clock = { now: new Date('2026-05-01T12:00:00Z') };
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ repositories: 6, version: '10.2.7', now: () => clock.now, ...options });
  browser = new SimulatedBrowser(simulator);
}

function logIn(): Promise<Response> {
  return browser.json('/rest/tsv/1.0/authenticate', { ...simulator.login, rememberMe: false, targetUrl: '' });
}

function elevate(password = simulator.login.password): Promise<Response> {
  return browser.json(ELEVATE, { password });
}

function pass(minutes: number): void {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000);
}

async function shows(path: string): Promise<'list' | 'prompt'> {
  const page = load(await browser.page(path));
  if (page('#panel-editor-list').length === 1) return 'list';
  expect(page('form#websudo input[type=password]')).toHaveLength(1);
  return 'prompt';
}

async function state(): Promise<unknown> {
  return (await browser.fetch('/rest/api/latest/websudo-session')).json();
}

describe('a secure administrator session', () => {
  it.each([
    ['9.6.16', false],
    ['10.0.0', true],
    ['10.2.7', true],
  ])('is wanted from 10.0: %s', async (version, isOn) => {
    await start({ version });
    expect(simulator.switches.webSudo).toBe(isOn);
  });

  it('is opened by the password once, and lasts for ten minutes after its last use', async () => {
    await start();
    await logIn();
    expect(await shows(LIST)).toBe('prompt');
    expect(await state()).toMatchObject({ active: false });
    expect((await elevate()).status).toBe(204);
    expect(await state()).toMatchObject({ active: true, expiresInSeconds: 600 });
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await shows(LIST)).toBe('list');
      pass(9);
    }
    expect(await shows(LIST)).toBe('list');
    pass(10);
    expect(await shows(LIST)).toBe('prompt');
  });

  it('stays shut with a wrong password, which counts as a refused login', async () => {
    await start();
    await logIn();
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await elevate('wrong')).status).toBe(401);
    expect((await elevate()).status).toBe(403);
    expect(await shows(LIST)).toBe('prompt');
  });

  it('can be refused even to the right password', async () => {
    await start({ switches: { elevation: 'refused' } });
    await logIn();
    expect((await elevate()).status).toBe(401);
  });

  it('needs a login first', async () => {
    await start();
    expect((await elevate()).status).toBe(401);
  });

  it('does not save what is posted without it', async () => {
    await start();
    await logIn();
    const before = simulator.repositories();
    const answer = await browser.post('/admin/updateLinkedRepository.action', [['repositoryId', before[2]?.id ?? '']]);
    expect(load(await answer.text())('form#websudo')).toHaveLength(1);
    expect(simulator.repositories()).toEqual(before);
  });

  it.each([
    [true, 200, 'Linked repositories'],
    [false, 200, 'Secure administrator session'],
  ])('is passed by a user name and password in the header where a trait says so: %s', async (headerPassesWebSudo, status, title) => {
    await start({ traits: { headerPassesWebSudo } });
    const authorization = `Basic ${Buffer.from(`${simulator.login.username}:${simulator.login.password}`).toString('base64')}`;
    const answer = await browser.fetch(LIST, { headers: { authorization } });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(title);
  });

  it('is wanted under /admin/ alone on some servers', async () => {
    await start({ traits: { webSudoPages: 'admin' } });
    await logIn();
    expect([await shows(LIST), await shows(PLAN)]).toEqual(['prompt', 'list']);
  });

  it('is opened by a page of its own on 10.0, which has no call for it', async () => {
    await start({ version: '10.0.2' });
    await browser.logIn();
    const page = load(await browser.page(LIST));
    const action = page('form#websudo').attr('action') ?? '';
    expect((await elevate()).status).toBe(404);
    const body = new URLSearchParams({ password: simulator.login.password, destination: String(page('[name=destination]').val()) });
    const answer = await browser.fetch(action.replace('/bamboo', ''), { method: 'POST', body });
    expect(answer.headers.get('location')).toBe(`/bamboo${LIST}`);
    expect(await shows(LIST)).toBe('list');
  });

  it('ends on demand while the login stays', async () => {
    await start();
    await logIn();
    await elevate();
    simulator.endElevations();
    expect(await shows(LIST)).toBe('prompt');
    expect(await browser.page('/')).toContain('Log Out');
  });
});
