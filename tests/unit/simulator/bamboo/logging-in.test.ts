import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const LIST = '/admin/configureLinkedRepositories.action';

let simulator: Simulator;
let browser: SimulatedBrowser;

beforeEach(async () => {
  simulator = await startSimulator({ repositories: 6 });
  browser = new SimulatedBrowser(simulator);
});
afterEach(() => simulator.stop());

function basic(who: { username: string; password: string }): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${who.username}:${who.password}`).toString('base64')}` };
}

describe('the login form', () => {
  it('logs in with the right password: a redirect, a new session, and "Log Out" on the home page', async () => {
    expect(await browser.page('/')).not.toContain('Log Out');
    const anonymous = browser.cookie('JSESSIONID');
    const answer = await browser.logIn();
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/bamboo/');
    expect(browser.cookie('JSESSIONID')).not.toBe(anonymous);
    expect(await browser.page('/')).toContain('Log Out');
  });

  it('leads back to the page that was asked for, and to no other host', async () => {
    const token = load(await browser.page('/userlogin!doDefault.action'))('[name=atl_token]').val();
    const post = (destination: string): Promise<Response> => {
      const body = new URLSearchParams({
        os_username: simulator.login.username,
        os_password: simulator.login.password,
        os_destination: destination,
        atl_token: String(token),
      });
      return browser.fetch('/userlogin.action', { method: 'POST', body, headers: { 'X-Atlassian-Token': 'no-check' } });
    };
    expect((await post('/admin/x.action')).headers.get('location')).toBe('/bamboo/admin/x.action');
    expect((await post('//elsewhere.example/x')).headers.get('location')).toBe('/bamboo/');
  });

  it('comes back with the reason in a header when the password is wrong', async () => {
    const answer = await browser.logIn({ username: 'admin', password: 'wrong' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
    expect(load(await answer.text())('#loginForm [name=os_password]')).toHaveLength(1);
    expect(await browser.page('/')).not.toContain('Log Out');
  });

  it('asks for a picture after three refused attempts, and refuses even the right password then', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await browser.logIn({ username: 'admin', password: 'wrong' });
    const answer = await browser.logIn();
    expect(answer.status).toBe(200);
    expect(load(await answer.text())('[name=os_captcha]')).toHaveLength(1);
    simulator.unlock();
    expect((await browser.logIn()).status).toBe(302);
  });

  it('is refused without its token', async () => {
    const body = new URLSearchParams({ os_username: simulator.login.username, os_password: simulator.login.password });
    const answer = await browser.fetch('/userlogin.action', { method: 'POST', body });
    expect(answer.status).toBe(403);
    expect(await browser.page('/')).not.toContain('Log Out');
  });

  it('ends with the way out', async () => {
    await browser.logIn();
    await browser.fetch('/userLogout.action');
    expect((await browser.fetch(LIST)).status).toBe(302);
  });
});

describe('a page for administrators', () => {
  it('sends those who are not logged in to the login form, with the way back', async () => {
    const answer = await browser.fetch(`${LIST}?a=b`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/bamboo/userlogin!doDefault.action?os_destination=%2Fadmin%2FconfigureLinkedRepositories.action%3Fa%3Db');
  });

  it('is shown to a session, and no longer after the sessions have ended', async () => {
    await browser.logIn();
    expect((await browser.fetch(LIST)).status).toBe(200);
    simulator.endSessions();
    expect((await browser.fetch(LIST)).status).toBe(302);
  });

  it('is shown to a user name and password in the header', async () => {
    expect((await browser.fetch(LIST, { headers: basic(simulator.login) })).status).toBe(200);
  });

  it('answers 401 to a wrong password in the header, and 403 with the words of the lock after three', async () => {
    const wrong = { headers: basic({ username: 'admin', password: 'wrong' }) };
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await browser.fetch(LIST, wrong)).status).toBe(401);
    const locked = await browser.fetch(LIST, { headers: basic(simulator.login) });
    expect(locked.status).toBe(403);
    expect(await locked.text()).toContain('The maximum number of failed login attempts may have been reached');
  });

  it('does not take a user name and password in the header on a server that wants a session', async () => {
    const strict = await startSimulator({ repositories: 6, traits: { basicOnPages: false } });
    expect((await new SimulatedBrowser(strict).fetch(LIST, { headers: basic(strict.login) })).status).toBe(302);
    await strict.stop();
  });

  it('does not take a personal access token', async () => {
    expect((await browser.fetch(LIST, { headers: { authorization: `Bearer ${simulator.restToken}` } })).status).toBe(302);
  });

  it('names the administrators to a user who is none', async () => {
    await browser.logIn(simulator.viewer);
    const answer = await browser.fetch(LIST);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('viewAdministrators.action');
  });

  it('asks for the password once more while that is switched on', async () => {
    await browser.logIn();
    simulator.switches.webSudo = true;
    const page = load(await browser.page(LIST));
    expect(page('#panel-editor-list')).toHaveLength(0);
    expect(page('form#websudo input[type=password]')).toHaveLength(1);
  });
});

describe('the list pages', () => {
  it('hold every linked repository, and beside them a template with placeholders', async () => {
    await browser.logIn();
    const html = await browser.page(LIST);
    const page = load(html);
    const ids = page('div#panel-editor-list > ul > li.item')
      .toArray()
      .map((item) => page(item).attr('data-item-id'));
    expect(ids).toEqual(simulator.repositories().flatMap((each) => (each.level === 'global' ? [each.id] : [])));
    expect(page('li.item a.repository-item-link').first().attr('href')).toBe(`/bamboo/admin/editLinkedRepository.action?repositoryId=${ids[0]}`);
    expect(page('script[type="text/x-template"]').html()).toContain('data-item-id="{id}"');
  });

  it("hold a plan's own repositories and those that it uses, the first with a mark inside its heading", async () => {
    await browser.logIn();
    const own = simulator.repositories().find((each) => each.owner.kind === 'plan');
    const key = own?.owner.kind === 'plan' ? own.owner.plan : '';
    const page = load(await browser.page(`/chain/admin/config/editChainRepository.action?buildKey=${key}`));
    const first = page('li.item').first();
    expect(first.attr('data-item-id')).toBe(own?.id);
    expect(first.find('h3.item-title > span')).toHaveLength(1);
    expect(page('h3.item-title > span')).toHaveLength(1);
  });

  it('carry names as they are, markup and all', async () => {
    const larger = await startSimulator();
    const other = new SimulatedBrowser(larger);
    await other.logIn();
    const page = load(await other.page(LIST));
    const shown = page('#panel-editor-list h3.item-title')
      .toArray()
      .map((title) => page(title).text());
    expect(shown).toEqual(larger.repositories().flatMap((each) => (each.level === 'global' ? [each.name] : [])));
    await larger.stop();
  });
});
