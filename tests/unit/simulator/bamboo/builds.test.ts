import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const EXPAND = 'expand=stages.stage.results.result';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ switches: { buildMs: 0 } });
});
afterEach(() => simulator.stop());

function rest(path: string, method = 'GET', token = simulator.restToken): Promise<Response> {
  return fetch(`${simulator.bambooUrl}/rest/api/latest${path}`, { method, headers: { authorization: `Bearer ${token}` } });
}

interface Result {
  key: string;
  lifeCycleState: string;
  state: string;
  stages: { stage?: { results: { result?: { key: string; state: string }[] } }[] };
}

async function result(key: string): Promise<Result> {
  return (await (await rest(`/result/${key}?${EXPAND}`)).json()) as Result;
}

async function log(key: string): Promise<string[]> {
  const answer = await rest(`/result/${key}?expand=logEntries&max-results=1000`);
  const told = (await answer.json()) as { logEntries: { logEntry: { unstyledLog: string }[] } };
  return told.logEntries.logEntry.map((entry) => entry.unstyledLog);
}

/** Puts every repository of a plan, that stands on an app password, on the token that works. */
function migrate(planKey: string): void {
  const [token] = simulator.tokens;
  const plan = simulator.plans().find((each) => each.key === planKey);
  for (const id of [...(plan?.own ?? []), ...(plan?.used ?? [])]) {
    const repository = simulator.repositories().find((each) => each.id === id) as RepositoryDump;
    if (repository.type === 'bbCloud' && 'repository.bitbucket.password' in repository.secrets) {
      simulator.edit(id, 'repository.bitbucket.username', token?.email ?? '');
      simulator.edit(id, 'repository.bitbucket.password', token?.value ?? '');
    }
    if (repository.type === 'git' && 'repository.git.password' in repository.secrets) {
      simulator.edit(id, 'repository.git.username', 'x-bitbucket-api-token-auth');
      simulator.edit(id, 'repository.git.password', token?.value ?? '');
    }
  }
  for (const { id, type } of simulator.sharedCredentials()) {
    if (type === 'username-password') simulator.editSharedCredential(id, { username: token?.email ?? '', password: token?.value ?? '' });
  }
}

describe('a build', () => {
  it('is queued by POST, gets the next number, and succeeds once every repository stands on a good credential', async () => {
    migrate('WEB-CI');
    const queued = (await (await rest('/queue/WEB-CI?executeAllStages=true', 'POST')).json()) as { buildResultKey: string };
    expect(queued).toMatchObject({ planKey: 'WEB-CI', buildNumber: 1, buildResultKey: 'WEB-CI-1' });
    const told = await result('WEB-CI-1');
    expect(told).toMatchObject({ key: 'WEB-CI-1', lifeCycleState: 'Finished', state: 'Successful' });
    expect(told.stages.stage?.[0]?.results.result).toMatchObject([{ key: 'WEB-CI-JOB1-1', state: 'Successful' }]);
    expect(await (await rest('/queue/WEB-CI', 'POST')).json()).toMatchObject({ buildNumber: 2 });
  });

  it("logs the checkout of every repository of the plan, with the task's fixed key", async () => {
    migrate('WEB-CI');
    await rest('/queue/WEB-CI', 'POST');
    const lines = await log('WEB-CI-JOB1-1');
    const plan = simulator.plans().find((each) => each.key === 'WEB-CI');
    const checkouts = lines.filter((line) => /^Starting task '.*' of type 'com\.atlassian\.bamboo\.plugins\.vcs:task\.vcs\.checkout'$/.test(line));
    expect(checkouts).toHaveLength((plan?.own.length ?? 0) + (plan?.used.length ?? 0));
    expect(lines).toContain("Finished task 'Checkout Default Repository' with result: Success");
    const first = simulator.repositories().find((each) => each.id === plan?.own[0])?.settings ?? {};
    expect(lines).toContain(
      `Fetching 'refs/heads/${first['repository.bitbucket.branch']}' from 'https://bitbucket.org/${first['repository.bitbucket.repository']}.git'.`,
    );
    expect(lines.join('\n')).not.toContain(simulator.tokens[0]?.value);
  });

  it('fails in its checkout while a credential is dead', async () => {
    await rest('/queue/WEB-CI', 'POST');
    expect(await result('WEB-CI-1')).toMatchObject({ lifeCycleState: 'Finished', state: 'Failed' });
    const lines = await log('WEB-CI-JOB1-1');
    expect(lines).toContain("Finished task 'Checkout Default Repository' with result: Error");
    expect(lines.some((line) => line.includes('Run the tests'))).toBe(false);
  });

  it.each([
    ['checkout-fails', 'Finished', 'Failed', /Checkout Default Repository' with result: Error/],
    ['later-step-fails', 'Finished', 'Failed', /Run the tests' with result: Failed/],
    ['not-built', 'NotBuilt', 'Unknown', null],
    ['stay-queued', 'Queued', 'Unknown', null],
  ] as const)('ends as it is switched to: %s', async (builds, lifeCycleState, state, line) => {
    migrate('WEB-CI');
    simulator.switches.builds = builds;
    await rest('/queue/WEB-CI', 'POST');
    expect(await result('WEB-CI-1')).toMatchObject({ lifeCycleState, state });
    const lines = (await log('WEB-CI-JOB1-1')).join('\n');
    if (line === null) expect(lines).toBe('');
    else expect(lines).toMatch(line);
    const waiting = (await (await rest('/queue?expand=queuedBuilds')).json()) as { queuedBuilds: { queuedBuild: object[] } };
    expect(waiting.queuedBuilds.queuedBuild).toHaveLength(builds === 'stay-queued' ? 1 : 0);
  });

  it('goes from state to state, one each time it is asked for', async () => {
    migrate('WEB-CI');
    simulator.switches.buildPace = 'polls';
    simulator.switches.buildMs = 1000;
    await rest('/queue/WEB-CI', 'POST');
    const seen: string[] = [];
    const checkedOut: boolean[] = [];
    for (let poll = 0; poll < 6; poll += 1) {
      seen.push((await result('WEB-CI-1')).lifeCycleState);
      checkedOut.push((await log('WEB-CI-JOB1-1')).some((line) => line.endsWith("Checkout Default Repository' with result: Success")));
    }
    expect(seen).toEqual(['Queued', 'InProgress', 'InProgress', 'InProgress', 'Finished', 'Finished']);
    expect(checkedOut).toEqual([false, false, true, true, true, true]);
  });

  it('takes the time that it is given', async () => {
    simulator.switches.buildMs = 600_000;
    await rest('/queue/WEB-CI', 'POST');
    expect(await result('WEB-CI-1')).toMatchObject({ lifeCycleState: 'Pending' });
    simulator.switches.buildMs = 0;
    expect(await result('WEB-CI-1')).toMatchObject({ lifeCycleState: 'Finished' });
  });

  it("of a branch checks out the branch's own repository", async () => {
    const plan = simulator.plans().find((each) => each.key === 'LIB-CI');
    const [own = ''] = Object.values(plan?.branches[0]?.overrides ?? {});
    simulator.edit(own, 'repository.git.branch', 'only-here');
    await rest('/queue/LIB-CI0', 'POST');
    expect((await log('LIB-CI0-JOB1-1')).join('\n')).toContain("Fetching 'refs/heads/only-here'");
  });

  it('has its stages only as deep as they are asked for', async () => {
    await rest('/queue/WEB-CI', 'POST');
    const shallow = (await (await rest('/result/WEB-CI-1')).json()) as Result;
    expect(shallow.stages.stage).toBeUndefined();
    const half = (await (await rest('/result/WEB-CI-1?expand=stages.stage')).json()) as Result;
    expect(half.stages.stage?.[0]?.results.result).toBeUndefined();
    expect(await (await rest('/result/WEB-CI/latest')).json()).toMatchObject({ number: 1 });
  });

  it('has its log as a page too, for those whom pages know', async () => {
    await rest('/queue/WEB-CI', 'POST');
    const path = '/download/WEB-CI-JOB1/build_logs/WEB-CI-JOB1-1.log';
    const browser = new SimulatedBrowser(simulator);
    expect((await browser.fetch(path)).status).toBe(302);
    await browser.logIn();
    expect(await browser.page(path)).toContain("\tStarting task 'Checkout Default Repository'");
    expect((await browser.fetch(path.replace('-1.log', '-9.log'))).status).toBe(404);
  });
});

describe('a plan that must not be built', () => {
  it.each([
    ['unknown', 'NO-PLAN', {}, 404],
    ['hidden', 'WEB-CI', { access: 'hidden' }, 404],
    ['without the right to build', 'WEB-CI', { access: 'view' }, 403],
    ['disabled', 'WEB-CI', { enabled: false }, 400],
  ] as const)('is refused: %s', async (_why, key, edit, status) => {
    if (key === 'WEB-CI') simulator.editPlan(key, edit);
    expect((await rest(`/queue/${key}`, 'POST')).status).toBe(status);
    expect(simulator.builds()).toEqual([]);
  });

  it('is refused to a token that may only read', async () => {
    expect((await rest('/queue/WEB-CI', 'POST', simulator.readOnlyToken)).status).toBe(403);
  });

  it('tells of itself what the caller may see', async () => {
    simulator.editPlan('WEB-CI', { enabled: false });
    expect(await (await rest('/plan/WEB-CI')).json()).toMatchObject({ enabled: false });
    simulator.editPlan('WEB-CI', { access: 'hidden' });
    expect((await rest('/plan/WEB-CI')).status).toBe(404);
    expect(await (await rest('/plan?max-results=1000')).text()).not.toContain('"WEB-CI"');
    const used = simulator.plans().find((each) => each.key === 'WEB-CI')?.used[0];
    expect(await (await rest(`/repository/${used}/usage`)).json()).toMatchObject({ inaccessiblePlansCount: 1 });
    expect(() => simulator.editPlan('NO-PLAN', {})).toThrow('no plan');
  });

  it('keeps its repositories to itself where one may only look at it', async () => {
    const browser = new SimulatedBrowser(simulator);
    await browser.logIn();
    simulator.editPlan('WEB-CI', { access: 'view' });
    const own = simulator.plans().find((each) => each.key === 'WEB-CI')?.own[0];
    for (const path of [
      '/chain/admin/config/editChainRepository.action?buildKey=WEB-CI',
      `/chain/admin/config/editRepository.action?planKey=WEB-CI&repositoryId=${own}`,
    ])
      expect(await browser.page(path)).toContain('viewAdministrators.action');
    expect(await browser.page('/branch/admin/config/editChainBranchRepository.action?planKey=WEB-CI0')).not.toContain('panel-editor-list');
  });
});
