import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { PROFILES, type ProfileName, type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { formIn, JSON_MODE, SimulatedBrowser } from '../../../support/simulated-browser.ts';

const names = Object.keys(PROFILES) as ProfileName[];

describe.each(names)('the edit forms of the profile %s', (profile) => {
  let simulator: Simulator;
  let browser: SimulatedBrowser;

  beforeAll(async () => {
    simulator = await startSimulator({ profile, repositories: 60 });
    browser = new SimulatedBrowser(simulator);
    await browser.logIn();
  });
  afterAll(() => simulator.stop());

  function pathOf(repository: RepositoryDump): string {
    const tail = `repositoryId=${repository.id}&decorator=nothing&confirm=true`;
    if (repository.owner.kind === 'project') return `/project/editProjectRepository.action?projectKey=${repository.owner.project}&${tail}`;
    if (repository.owner.kind === 'plan') return `/chain/admin/config/editRepository.action?planKey=${repository.owner.plan}&${tail}`;
    return `/admin/editLinkedRepository.action?${tail}`;
  }

  /** The way to the same server, where the form's action carries another base URL. */
  function here(action: string): string {
    const path = new URL(action, simulator.bambooUrl).pathname;
    return path.slice(new URL(simulator.bambooUrl).pathname.replace(/\/$/, '').length);
  }

  it('come back unchanged when posted as they are, on every level and for every type', async () => {
    const before = simulator.repositories();
    for (const repository of before.filter((each) => each.level !== 'branch')) {
      const form = await browser.form(pathOf(repository));
      const answer = await browser.post(here(form.action), [...form.entries, ...JSON_MODE]);
      const text = await answer.text();
      const json = load(text)('textarea').text() || text;
      expect(json).toContain('"status":"OK"');
      expect(json).toContain(repository.id);
    }
    expect(simulator.repositories()).toEqual(before);
  });

  it('carry no secret', async () => {
    for (const repository of simulator.repositories().filter((each) => each.level !== 'branch')) {
      const page = await browser.page(pathOf(repository));
      for (const secret of Object.values(repository.secrets)) expect(page).not.toContain(secret);
    }
  });

  it('show one change flag for the stored password of a Bitbucket Cloud repository, with a password input in the section that depends on it', async () => {
    const repository = simulator.repositories().find((each) => each.level === 'global' && (each.secrets['repository.bitbucket.password'] ?? '') !== '');
    const page = load(await browser.page(pathOf(repository as RepositoryDump)));
    const flags = page('input[type=checkbox]').filter((_, each) => /bitbucket.*password.*change/i.test(page(each).attr('name') ?? ''));
    expect(flags).toHaveLength(1);
    const word = (flags.attr('name') ?? '').replaceAll('.', simulator.bambooUrl.includes('/tools') || profile === 'old' ? '_' : '.');
    const section = page('fieldset').filter((_, each) => (page(each).attr('class') ?? '').split(' ').includes(`dependsOn${word}`));
    expect(section.attr('class')).toContain('showOntrue');
    expect(section.find('input[type=password]')).toHaveLength(1);
    expect(section.find('input[type=password]').attr('value')).toBeUndefined();
    expect(flags.parent().find(`input[name=checkBoxFields][value="${flags.attr('name')}"]`)).toHaveLength(1);
  });

  it('have a hidden flag that is true where no password is stored', async () => {
    const repository = simulator.repositories().find((each) => each.level === 'global' && each.settings['repository.bitbucket.accessLevel'] === 'PUBLIC');
    const page = load(await browser.page(pathOf(repository as RepositoryDump)));
    const flags = page('input').filter((_, each) => /bitbucket.*password.*change/i.test(page(each).attr('name') ?? ''));
    expect(flags.attr('type')).toBe('hidden');
    expect(flags.val()).toBe('true');
  });

  it('stand beside another form that names the repository but no type', async () => {
    const [repository] = simulator.repositories();
    const page = load(await browser.page(pathOf(repository as RepositoryDump)));
    expect(page('form:has([name=repositoryId])').length).toBeGreaterThan(1);
    expect(page('form:has([name=repositoryId]):has([name=selectedRepository])')).toHaveLength(1);
  });

  it('are decorated unless decorator=nothing comes together with confirm=true', async () => {
    const [repository] = simulator.repositories();
    const bare = pathOf(repository as RepositoryDump);
    const whole = await Promise.all([bare.replace('&confirm=true', ''), bare.replace('&decorator=nothing', '')].map((path) => browser.page(path)));
    for (const page of whole) expect(load(page)('#footer')).toHaveLength(1);
    expect(load(await browser.page(bare))('#footer')).toHaveLength(0);
    expect(formIn(whole[0] ?? '').entries.length).toBeGreaterThan(20);
  });

  it('hold the token of the session, as the cookie and the meta element do', async () => {
    const [repository] = simulator.repositories();
    const page = await browser.page(pathOf(repository as RepositoryDump).replace('&confirm=true', ''));
    const token = new Map(formIn(page).entries).get('atl_token');
    expect(token).toBe(browser.cookie('atl.xsrf.token'));
    expect(token).toBe(load(page)('meta[name=atlassian-token]').attr('content'));
  });
});

describe('the forms of one level', () => {
  let simulator: Simulator;
  let browser: SimulatedBrowser;

  beforeAll(async () => {
    simulator = await startSimulator();
    browser = new SimulatedBrowser(simulator);
    await browser.logIn();
  });
  afterAll(() => simulator.stop());

  it.each([
    ['/admin/editLinkedRepository.action?repositoryId=1', 'unknown id'],
    ['/admin/editLinkedRepository.action', 'no id'],
    ['/chain/admin/config/editRepository.action?planKey=NO-PLAN&repositoryId=1179649', 'unknown plan'],
    ['/project/editProjectRepository.action?projectKey=OPS&repositoryId=1179649', 'other project'],
  ])('are an error page without a form for %s (%s)', async (path) => {
    const page = load(await browser.page(path));
    expect(page('div.aui-message.error')).toHaveLength(1);
    expect(page('[name=selectedRepository]')).toHaveLength(0);
  });

  it('show a repository that a plan only uses as a number in the type select', async () => {
    const list = load(await browser.page('/chain/admin/config/editChainRepository.action?buildKey=WEB-CI'));
    const linked = new Set(simulator.repositories().flatMap((each) => (each.level === 'global' ? [each.id] : [])));
    const links = list('#panel-editor-list li.item')
      .toArray()
      .filter((item) => linked.has(list(item).attr('data-item-id') ?? ''));
    expect(links.length).toBeGreaterThan(0);
    const href = list(links[0]).find('a').attr('href') ?? '';
    const form = await browser.form(href.replace('/bamboo', ''));
    expect(new Map(form.entries).get('selectedRepository')).toBe(list(links[0]).attr('data-item-id'));
  });

  it.each(['failed', 'empty'] as const)('tell that the repository list is %s while that is switched on', async (repositoryList) => {
    simulator.switches.repositoryList = repositoryList;
    const repository = simulator.repositories().find((each) => each.level === 'global' && each.type === 'bbCloud');
    const page = await browser.page(`/admin/editLinkedRepository.action?repositoryId=${repository?.id}`);
    simulator.switches.repositoryList = 'current';
    expect(page).toContain('Failed to load data from Bitbucket');
    const shown = new Map(formIn(page).entries).get('repository.bitbucket.repository');
    expect(shown).toBe(repositoryList === 'empty' ? undefined : repository?.settings['repository.bitbucket.repository']);
  });
});
