import { afterEach, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type PlanDump, type RepositoryDump, type Simulator, startSimulator, type Traits } from '../../../../src/simulator/index.ts';
import { type BrowserForm, JSON_MODE, SimulatedBrowser, withEntry, withoutEntry } from '../../../support/simulated-browser.ts';

const PAGE = '/branch/admin/config/editChainBranchRepository.action';
const SAVE = '/branch/admin/config/saveChainBranchRepository.action';

let simulator: Simulator;
let browser: SimulatedBrowser;
afterEach(() => simulator.stop());

async function start(branchPage: Traits['branchPage']): Promise<void> {
  simulator = await startSimulator({ traits: { branchPage } });
  browser = new SimulatedBrowser(simulator);
  await browser.logIn();
}

/** A plan whose branch has a repository of its own, and one whose branch inherits everything. */
function plans(): { own: PlanDump; inheriting: PlanDump } {
  const own = simulator.plans().find((each) => each.key === 'LIB-CI');
  const inheriting = simulator.plans().find((each) => Object.keys(each.branches[0]?.overrides ?? {}).length === 0);
  return { own: own as PlanDump, inheriting: inheriting as PlanDump };
}

function form(plan: PlanDump, id = ''): Promise<BrowserForm> {
  return browser.form(`${PAGE}?planKey=${plan.branches[0]?.key}${id === '' ? '' : `&repositoryId=${id}`}`);
}

function overrideOf(plan: PlanDump): { original: string; id: string } {
  const [[original = '', id = ''] = []] = Object.entries(plan.branches[0]?.overrides ?? {});
  return { original, id };
}

function repository(id: string): RepositoryDump | undefined {
  return simulator.repositories().find((each) => each.id === id);
}

function value(shown: BrowserForm, name: string): string | undefined {
  return new Map(shown.entries).get(name);
}

describe('the one form of 5.8', () => {
  it('shows the default repository: the box is on where the branch has one of its own, and off where it inherits', async () => {
    await start('form');
    const { own, inheriting } = plans();
    const shown = await form(own);
    expect(value(shown, 'overrideRepository')).toBe('true');
    expect(value(shown, 'repositoryId')).toBe(overrideOf(own).id);
    expect(value(shown, 'planKey')).toBe('LIB-CI0');
    expect(value(shown, 'repositoryName')).toBe(repository(overrideOf(own).id)?.name);
    const inherited = await form(inheriting);
    expect(value(inherited, 'overrideRepository')).toBeUndefined();
    expect(value(inherited, 'repositoryId')).toBe(inheriting.own[0]);
  });

  it('keeps everything that is posted back as it came, and answers with a redirect to itself whatever was asked for', async () => {
    await start('form');
    const before = simulator.repositories();
    const { own } = plans();
    const answer = await browser.post(SAVE, [...(await form(own)).entries, ...JSON_MODE]);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${simulator.bambooUrl}${PAGE}?planKey=LIB-CI0&saved=true`]);
    expect(simulator.repositories()).toEqual(before);
  });
});

describe('the later list', () => {
  it("names every repository of the plan, the branch's own by an id of its own, and leads to their forms", async () => {
    await start('list');
    const { own } = plans();
    const page = load(await browser.page(`${PAGE}?planKey=LIB-CI0`));
    const ids = page('#panel-editor-list > ul > li.item')
      .toArray()
      .map((item) => page(item).attr('data-item-id'));
    const { original, id } = overrideOf(own);
    expect(ids).toEqual([...own.own, ...own.used].map((each) => (each === original ? id : each)));
    expect(page('li.item a').first().attr('href')).toBe(`/bamboo${PAGE}?planKey=LIB-CI0&repositoryId=${ids[0]}`);
    expect(page('script[type="text/x-template"]').html()).toContain('data-item-id="{id}"');
  });

  it.each(['list', 'list-without-checkbox'] as const)('changes only the user name and the password of an override (%s)', async (branchPage) => {
    await start(branchPage);
    const { id } = overrideOf(plans().own);
    const before = repository(id);
    let entries: readonly (readonly [string, string])[] = (await form(plans().own, id)).entries;
    for (const [name, typed] of [
      ['repository.git.username', 'x-bitbucket-api-token-auth'],
      ['temporary.git.password.change', 'true'],
      ['temporary.git.password', 'new'],
    ] as const)
      entries = withEntry(entries, name, typed);
    const answer = await browser.post(SAVE, [...entries, ...JSON_MODE]);
    expect(await answer.json()).toEqual({ status: 'OK', repositoryResult: { id: Number(id), name: before?.name } });
    expect(repository(id)).toEqual({
      ...before,
      settings: { ...before?.settings, 'repository.git.username': 'x-bitbucket-api-token-auth' },
      secrets: { 'repository.git.password': 'new' },
    });
  });

  it.each(['form', 'list', 'list-without-checkbox'] as const)(
    'makes an override of what was inherited as soon as its form is posted (%s)',
    async (branchPage) => {
      await start(branchPage);
      const { inheriting } = plans();
      const [first = ''] = inheriting.own;
      const before = repository(first);
      await browser.post(SAVE, [...(await form(inheriting, branchPage === 'form' ? '' : first)).entries, ...JSON_MODE]);
      const now = simulator.plans().find((each) => each.key === inheriting.key) as PlanDump;
      expect(overrideOf(now).original).toBe(first);
      expect(repository(overrideOf(now).id)).toMatchObject({ level: 'branch', settings: before?.settings, secrets: before?.secrets });
      expect(repository(first)).toEqual(before);
    },
  );

  it('makes an override even of a linked repository that the plan only uses', async () => {
    await start('list');
    const { inheriting } = plans();
    const [linked = ''] = inheriting.used;
    const shown = await form(inheriting, linked);
    expect(value(shown, 'selectedRepository')).toBe(linked);
    await browser.post(SAVE, [...shown.entries, ...JSON_MODE]);
    expect(simulator.plans().find((each) => each.key === inheriting.key)?.branches[0]?.overrides).toHaveProperty([linked]);
  });

  it('gives the repository back to the plan when the box is taken away', async () => {
    await start('list');
    const { own } = plans();
    const { id } = overrideOf(own);
    await browser.post(SAVE, [...withoutEntry((await form(own, id)).entries, 'overrideRepository'), ...JSON_MODE]);
    expect(repository(id)).toBeUndefined();
    expect(simulator.plans().find((each) => each.key === 'LIB-CI')?.branches[0]?.overrides).toEqual({});
  });

  it('has no box at all on some servers: an inherited entry is known only by the id that it shares with the plan', async () => {
    await start('list-without-checkbox');
    const { inheriting } = plans();
    const page = load(await browser.page(`${PAGE}?planKey=${inheriting.branches[0]?.key}&repositoryId=${inheriting.own[0]}`));
    expect(page('[name=overrideRepository]')).toHaveLength(0);
    expect(page('[name=repositoryId]').last().val()).toBe(inheriting.own[0]);
  });

  it.each([
    ['an unknown branch', `${PAGE}?planKey=WEB-CI99`],
    ["a plan's key", `${PAGE}?planKey=WEB-CI`],
    ['an unknown repository', `${PAGE}?planKey=LIB-CI0&repositoryId=1`],
  ])('is an error page for %s', async (_what, path) => {
    await start('list');
    const page = load(await browser.page(path));
    expect(page('div.aui-message.error')).toHaveLength(1);
    expect(page('form[enctype]')).toHaveLength(0);
  });
});
