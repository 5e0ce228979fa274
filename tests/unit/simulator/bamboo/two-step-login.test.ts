import { afterEach, describe, expect, it } from '@jest/globals';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const AUTHENTICATE = '/rest/tsv/1.0/authenticate';
const CODE = '/rest/tsv/latest/authenticate/totp-code';

let simulator: Simulator;
let browser: SimulatedBrowser;
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ repositories: 6, version: '10.2.7', ...options });
  browser = new SimulatedBrowser(simulator);
}

function logIn(change: object = {}): Promise<Response> {
  return browser.json(AUTHENTICATE, { ...simulator.login, rememberMe: false, targetUrl: '', ...change });
}

async function isLoggedIn(): Promise<boolean> {
  return (await browser.page('/')).includes('Log Out');
}

describe('the two-step screen', () => {
  it.each([
    ['8.2.9', true],
    ['9.6.16', true],
    ['10.0.9', true],
    ['10.1.0', false],
    ['12.1.6', false],
  ])('takes the place of the legacy form from 10.1: %s', async (version, hasForm) => {
    await start({ version });
    expect((await browser.page('/userlogin.action')).includes('loginForm')).toBe(hasForm);
    expect((await logIn()).status).toBe(hasForm ? 404 : 200);
  });

  it('may be there or not whatever the version is, where a trait says so', async () => {
    await start({ traits: { loginScreen: 'form' } });
    expect(await browser.page('/userlogin.action')).toContain('loginForm');
    expect((await browser.logIn()).status).toBe(302);
  });

  it('logs in with cookies, and is left as soon as the sessions end', async () => {
    await start();
    expect(await isLoggedIn()).toBe(false);
    const answer = await logIn();
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join()).toContain('JSESSIONID=');
    expect(await isLoggedIn()).toBe(true);
    simulator.endSessions();
    expect(await isLoggedIn()).toBe(false);
  });

  it('takes the legacy post for a visit: nobody is logged in by it', async () => {
    await start();
    const body = new URLSearchParams({ os_username: simulator.login.username, os_password: simulator.login.password });
    await browser.fetch('/userlogin.action', { method: 'POST', body, headers: { 'X-Atlassian-Token': 'no-check' } });
    expect(await isLoggedIn()).toBe(false);
  });

  it('refuses a wrong password with 401, and after three even the right one with the words of the lock', async () => {
    await start();
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await logIn({ password: 'wrong' })).status).toBe(401);
    const locked = await logIn();
    expect(locked.status).toBe(403);
    expect(await locked.text()).toContain('maximum number of failed login attempts');
    expect(await isLoggedIn()).toBe(false);
  });

  it('wants JSON with both fields', async () => {
    await start();
    expect((await logIn({ password: undefined })).status).toBe(400);
    expect((await browser.fetch(AUTHENTICATE, { method: 'POST', body: new URLSearchParams(simulator.login) })).status).toBe(400);
  });
});

describe('the second step', () => {
  it('asks for a code after the password, and logs in with that of the moment', async () => {
    await start({ switches: { totp: true } });
    const first = await logIn();
    expect(first.status).toBe(200);
    expect(await isLoggedIn()).toBe(false);
    expect((await browser.json(CODE, { totpCode: simulator.totpCode() })).status).toBe(200);
    expect(await isLoggedIn()).toBe(true);
  });

  it('refuses a wrong code, and a code from before', async () => {
    const moment = new Date('2026-05-01T12:00:00Z');
    await start({ switches: { totp: true }, now: () => moment });
    const early = simulator.totpCode();
    moment.setMinutes(moment.getMinutes() + 10);
    await logIn();
    for (const totpCode of ['000000', early, '']) expect((await browser.json(CODE, { totpCode })).status).toBe(401);
    expect(await isLoggedIn()).toBe(false);
  });

  it('refuses a good code to a browser that gave no password', async () => {
    await start({ switches: { totp: true } });
    expect((await browser.json(CODE, { totpCode: simulator.totpCode() })).status).toBe(400);
  });

  it('is bound to a conversation on some servers, which answer the password with 412', async () => {
    await start({ switches: { totp: true }, traits: { secondStep: 'conversation' } });
    const first = await logIn();
    expect(first.status).toBe(412);
    const { conversationId } = (await first.json()) as { conversationId: string };
    expect((await browser.json(CODE, { totpCode: simulator.totpCode() })).status).toBe(400);
    expect((await browser.json(CODE, { totpCode: simulator.totpCode(), conversationId })).status).toBe(200);
    expect(await isLoggedIn()).toBe(true);
  });
});
