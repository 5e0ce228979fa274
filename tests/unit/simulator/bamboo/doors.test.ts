import { afterEach, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const LIST = '/admin/configureLinkedRepositories.action';

let simulator: Simulator;
let browser: SimulatedBrowser;
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ repositories: 6, ...options });
  browser = new SimulatedBrowser(simulator);
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(simulator.bambooUrl + path, { redirect: 'manual', headers });
}

function basic(): string {
  return `Basic ${Buffer.from(`${simulator.login.username}:${simulator.login.password}`).toString('base64')}`;
}

describe('single sign-on', () => {
  it.each([
    ['login-page', `/bamboo/userlogin`],
    ['at-once', 'http://127.0.0.1'],
  ] as const)('leads to another origin: %s', async (singleSignOn, first) => {
    await start({ switches: { singleSignOn } });
    const page = await get(LIST);
    expect([page.status, page.headers.get('location')?.startsWith(first)]).toEqual([302, true]);
    const login = await get('/userlogin.action');
    expect(login.headers.get('location')).toContain(`${simulator.signOnUrl}/login?returnTo=`);
    const other = await fetch(login.headers.get('location') ?? '');
    expect(load(await other.text())('input[type=password]')).toHaveLength(1);
    expect(simulator.strays()).toEqual([{ method: 'GET', path: '/login', carried: [] }]);
  });

  it('takes no password anywhere, and a token for REST as before', async () => {
    await start({ version: '10.2.7', switches: { singleSignOn: 'login-page' } });
    expect((await get('/rest/api/latest/info', { authorization: basic() })).status).toBe(401);
    expect((await get(LIST, { authorization: basic() })).status).toBe(401);
    expect((await browser.json('/rest/tsv/1.0/authenticate', simulator.login)).status).toBe(401);
    expect((await get('/rest/api/latest/info', { authorization: `Bearer ${simulator.restToken}` })).status).toBe(200);
  });

  it("opens pages to the cookie of a person's browser, until the session ends", async () => {
    await start({ switches: { singleSignOn: 'at-once' } });
    const cookie = simulator.openSession();
    expect((await get(LIST, { cookie })).status).toBe(200);
    simulator.endSessions();
    expect((await get(LIST, { cookie })).status).toBe(302);
    expect((await get(LIST, { cookie: simulator.openSession('viewer') })).status).toBe(403);
  });

  it('lets nobody but the person open the secure administrator session', async () => {
    await start({ version: '10.2.7', switches: { singleSignOn: 'at-once' } });
    const cookie = simulator.openSession();
    const elevation = await fetch(`${simulator.bambooUrl}/rest/tsv/latest/elevate-permissions/password`, {
      method: 'POST',
      body: JSON.stringify({ password: simulator.login.password }),
      headers: { cookie, 'content-type': 'application/json' },
    });
    expect(elevation.status).toBe(403);
    const page = async (): Promise<string> => (await get(LIST, { cookie })).text();
    expect(await page()).toContain('Secure administrator session');
    simulator.elevateSession(cookie);
    expect(await page()).toContain('panel-editor-list');
    expect(() => simulator.elevateSession('JSESSIONID=none')).toThrow('no session');
  });

  it('tells which headers followed to the other origin', async () => {
    await start();
    await (await fetch(`${simulator.signOnUrl}/login`, { headers: { authorization: basic(), cookie: 'a=b' } })).text();
    expect(simulator.strays()[0]?.carried.toSorted()).toEqual(['authorization', 'cookie']);
  });
});

describe('an access proxy', () => {
  it('shows a login page of its own, for pages and REST alike, until its headers are sent', async () => {
    await start({ switches: { accessProxy: 'page' } });
    for (const path of ['/', LIST, '/rest/api/latest/info', '/userlogin.action']) {
      const answer = await get(path, { authorization: `Bearer ${simulator.restToken}` });
      const page = load(await answer.text());
      expect([answer.status, page('input[type=password]').length, page('[name=os_username]').length]).toEqual([200, 1, 0]);
    }
    expect(
      (await get('/rest/api/latest/info', { authorization: `Bearer ${simulator.restToken}`, ...simulator.accessHeaders })).headers.get('content-type'),
    ).toContain('json');
    expect((await get(LIST, simulator.accessHeaders)).status).toBe(302);
  });

  it('redirects to its own origin where it is switched to that', async () => {
    await start({ switches: { accessProxy: 'redirect' } });
    const answer = await get('/rest/api/latest/info');
    expect([answer.status, answer.headers.get('location')?.startsWith(`${simulator.signOnUrl}/access/login`)]).toEqual([302, true]);
  });

  it('wants every one of its headers, with the right value', async () => {
    await start({ switches: { accessProxy: 'redirect' } });
    const [[name = '', value = ''] = []] = Object.entries(simulator.accessHeaders);
    expect((await get('/', { [name]: value })).status).toBe(302);
    expect((await get('/', { ...simulator.accessHeaders, [name]: 'wrong' })).status).toBe(302);
    expect((await get('/', simulator.accessHeaders)).status).toBe(200);
  });
});

describe('a load balancer', () => {
  it('finds a session only with the cookie that pins it to its node', async () => {
    await start({ switches: { loadBalancer: true } });
    await browser.logIn();
    const [session, route] = [browser.cookie('JSESSIONID'), browser.cookie('BAMBOO_ROUTE')];
    expect(route).toMatch(/^node-\d+$/);
    expect((await get(LIST, { cookie: `JSESSIONID=${session}; BAMBOO_ROUTE=${route}` })).status).toBe(200);
    expect((await get(LIST, { cookie: `JSESSIONID=${session}` })).status).toBe(302);
    expect((await get(LIST, { cookie: `JSESSIONID=${session}; BAMBOO_ROUTE=node-0` })).status).toBe(302);
    expect(simulator.openSession()).toMatch(/BAMBOO_ROUTE=node-\d+$/);
  });
});

describe('a personal access token on pages', () => {
  it('opens them only while that is switched on', async () => {
    await start();
    const headers = { authorization: `Bearer ${simulator.restToken}` };
    expect((await get(LIST, headers)).status).toBe(302);
    simulator.switches.patOnPages = true;
    expect((await get(LIST, headers)).status).toBe(200);
    expect((await get(LIST, { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('reads and does not write where it may only read', async () => {
    await start({ switches: { patOnPages: true } });
    const headers = { authorization: `Bearer ${simulator.readOnlyToken}`, 'X-Atlassian-Token': 'no-check' };
    expect((await get(LIST, headers)).status).toBe(200);
    const answer = await fetch(`${simulator.bambooUrl}/admin/updateLinkedRepository.action`, { method: 'POST', body: new FormData(), headers });
    expect(await answer.text()).toContain('viewAdministrators.action');
  });

  it('tells its rights and the days that it has left, and is refused when they are over', async () => {
    await start();
    const told = async (): Promise<{ name: string }[]> =>
      (await get('/rest/api/latest/access-token', { authorization: `Bearer ${simulator.restToken}` })).json() as Promise<{ name: string }[]>;
    simulator.editAccessToken('read-only', { daysUntilExpiry: 12 });
    simulator.editAccessToken('full', { daysUntilExpiry: null });
    const [full, readOnly] = await told();
    expect(full).toMatchObject({ name: 'full', permissions: ['USER'] });
    expect(full).not.toHaveProperty('daysUntilExpiry');
    expect(readOnly).toMatchObject({ name: 'read-only', permissions: ['READ'], daysUntilExpiry: 12 });
    simulator.editAccessToken('full', { daysUntilExpiry: -1 });
    expect((await get('/rest/api/latest/info', { authorization: `Bearer ${simulator.restToken}` })).status).toBe(401);
    expect(() => simulator.editAccessToken('none', { daysUntilExpiry: 1 })).toThrow('no access token');
  });
});
