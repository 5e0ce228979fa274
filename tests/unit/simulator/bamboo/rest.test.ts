import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROFILES, type ProfileName, type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';

async function running<T>(options: SimulatorOptions, use: (simulator: Simulator) => Promise<T>): Promise<T> {
  const simulator = await startSimulator(options);
  try {
    return await use(simulator);
  } finally {
    await simulator.stop();
  }
}

function rest(simulator: Simulator, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${simulator.bambooUrl}/rest/api/latest${path}`, {
    headers: { authorization: `Bearer ${simulator.restToken}`, accept: 'application/json' },
    ...init,
  });
}

interface PlanList {
  plans: { plan: unknown[] };
}

/** The answer's body with as many of its fields as a test looks at. */
async function json<T = Record<string, unknown>>(answer: Promise<Response>): Promise<T> {
  return (await answer).json() as Promise<T>;
}

function basic(username: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

describe('what REST lists', () => {
  it.each(Object.keys(PROFILES) as ProfileName[])('is every linked, project and plan repository of the profile %s, page by page', async (profile) => {
    await running({ profile, repositories: 130 }, async (simulator) => {
      const seen: string[] = [];
      for (let start = 0; ; ) {
        const text = await (await rest(simulator, `/repository?start-index=${start}&max-result=50`)).text();
        const ids = [...text.matchAll(/"id":"?(\d+)/g)].map((match) => String(match[1]));
        if (ids.length === 0) break;
        seen.push(...ids);
        start += ids.length;
      }
      expect(seen).toEqual(simulator.repositories().flatMap((each) => (each.level === 'global' ? [each.id] : [])));
    });
  });

  it('has pages of 25 by default, and says where the next one starts in the new kind', async () => {
    await running({ repositories: 2000 }, async (simulator) => {
      expect((await json<{ searchResults: unknown[] }>(rest(simulator, '/repository'))).searchResults).toHaveLength(25);
      expect((await json<PlanList>(rest(simulator, '/plan'))).plans.plan).toHaveLength(25);
      expect((await json<PlanList>(rest(simulator, '/plan?max-results=100&start-index=200'))).plans.plan).toHaveLength(50);
      const page = await json<{ results: unknown[] }>(rest(simulator, '/project/WEB/repositories?limit=5'));
      expect(page).toMatchObject({ start: 0, limit: 5, next: 5 });
      const last = await json<{ results: unknown[]; next?: number }>(rest(simulator, '/project/WEB/repositories?start=5&limit=500'));
      expect(last.next).toBeUndefined();
      expect(page.results.length + last.results.length).toBe(
        simulator.repositories().filter((each) => each.owner.kind === 'project' && each.owner.project === 'WEB').length,
      );
    });
  });

  it('spells its heads with hyphens or in camel case, and gives ids as numbers or as text', async () => {
    await running({ traits: { spelling: 'hyphen', ids: 'number' } }, async (simulator) => {
      expect(await (await rest(simulator, '/repository?max-result=1')).json()).toMatchObject({
        'start-index': 0,
        'max-result': 1,
        searchResults: [{ id: expect.any(Number) }],
      });
    });
    await running({ traits: { spelling: 'camel', ids: 'string' } }, async (simulator) => {
      expect(await (await rest(simulator, '/repository?max-result=1')).json()).toMatchObject({
        startIndex: 0,
        maxResult: 1,
        searchResults: [{ id: expect.any(String) }],
      });
    });
  });

  it('keeps every digit of an id above 2^53, lies about its size and carries few rows where the profile says so', async () => {
    await running({ profile: 'awkward', repositories: 100 }, async (simulator) => {
      const text = await (await rest(simulator, '/repository?max-result=1000')).text();
      const first = simulator.repositories().find((each) => each.level === 'global')?.id;
      expect(BigInt(first ?? 0)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
      expect(text).toContain(`"id":${first},`);
      expect(JSON.parse(text)).toMatchObject({ size: 1 });
      expect(JSON.parse(text).searchResults).toHaveLength(10);
    });
  });

  it('names no type and no credential for linked repositories', async () => {
    await running({}, async (simulator) => {
      const page = await json<{ searchResults: object[] }>(rest(simulator, '/repository?max-result=1000'));
      for (const row of page.searchResults) expect(Object.keys(row).sort()).toEqual(['id', 'name', 'rssEnabled', 'url']);
    });
  });

  it('has the rest of the calls in their shapes', async () => {
    await running({}, async (simulator) => {
      const told = (path: string): Promise<unknown> => json(rest(simulator, path));
      expect(await told('/info')).toMatchObject({ version: '9.6.16', state: 'RUNNING' });
      expect(await told('/server')).toMatchObject({ state: 'RUNNING', reindexInProgress: false });
      expect(await told('/project/WEB')).toMatchObject({ key: 'WEB' });
      expect(await told('/project/WEB/repository')).toEqual([{ id: expect.any(Number), name: expect.any(String) }]);
      expect(await told('/project/WEB/sharedCredentials')).toMatchObject({
        results: [
          { name: 'bitbucket cloud', projectKey: 'WEB', attributes: { username: 'globex_bot' } },
          { name: 'deploy key', projectKey: 'WEB', attributes: {} },
        ],
      });
      expect(await told('/plan/WEB-CI')).toMatchObject({ key: 'WEB-CI', shortKey: 'CI' });
      expect(await told('/plan/WEB-CI/branch')).toMatchObject({ branches: { branch: [{ key: 'WEB-CI0', enabled: true }] } });
      expect(await told('/access-token')).toEqual([
        expect.objectContaining({ name: 'full', permissions: ['USER'] }),
        expect.objectContaining({ name: 'read-only', permissions: ['READ'] }),
      ]);
      const all = (await told('/project?showEmpty=true')) as { projects: { project: unknown[] } };
      const busy = (await told('/project')) as { projects: { project: unknown[] } };
      expect(all.projects.project.length).toBe(busy.projects.project.length + 1);
    });
  });

  it('tells who uses a linked or project repository, twenty at a time, and nothing of a plan repository', async () => {
    await running({ repositories: 400 }, async (simulator) => {
      const linked = simulator.repositories().filter((each) => each.level === 'global');
      const usages = await Promise.all(
        linked.map((each) => json<{ totalPlans: number; plans: unknown[] }>(rest(simulator, `/repository/${each.id}/usage?maxPlans=1`))),
      );
      expect(usages.reduce((sum, usage) => sum + usage.totalPlans, 0)).toBeGreaterThan(100);
      expect(Math.max(...usages.map((usage) => usage.plans.length))).toBe(1);
      const own = simulator.repositories().find((each) => each.level === 'plan');
      expect((await rest(simulator, `/repository/${own?.id}/usage`)).status).toBe(404);
    });
  });

  it('names the node and the cluster on newer servers', async () => {
    await running({ version: '11.0.4', switches: { state: 'PAUSED' } }, async (simulator) => {
      expect(await (await rest(simulator, '/server')).json()).toEqual({ askedNodeState: 'PAUSED', clusterState: 'PAUSED', reindexInProgress: false });
      expect(await (await rest(simulator, '/info')).json()).toMatchObject({ state: 'PAUSED' });
    });
  });

  it("has no project's own repositories before 8.0", async () => {
    await running({ version: '7.2.10' }, async (simulator) => expect((await rest(simulator, '/project/WEB/repositories')).status).toBe(404));
  });
});

describe('who may use REST', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  it('is nobody without credentials, but for the status', async () => {
    expect((await rest(simulator, '/info', { headers: {} })).status).toBe(401);
    expect((await rest(simulator, '/status', { headers: {} })).status).toBe(200);
  });

  it('is nobody with a wrong token', async () => {
    const answer = await rest(simulator, '/info', { headers: { authorization: 'Bearer wrong' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ 'status-code': 401, message: expect.any(String) });
  });

  it('is the administrator with user name and password, and a picture after three wrong ones', async () => {
    expect((await rest(simulator, '/repository', { headers: basic(simulator.login.username, simulator.login.password) })).status).toBe(200);
    for (let attempt = 0; attempt < 3; attempt += 1) await rest(simulator, '/info', { headers: basic('admin', 'wrong') });
    const locked = await rest(simulator, '/info', { headers: basic(simulator.login.username, simulator.login.password) });
    expect(locked.status).toBe(403);
    expect((await json(Promise.resolve(locked))).message).toContain('maximum number of failed login attempts');
    simulator.unlock();
  });

  it('is for reading only with a token that may only read', async () => {
    const headers = { authorization: `Bearer ${simulator.readOnlyToken}`, 'content-type': 'application/json' };
    expect((await rest(simulator, '/repository', { headers })).status).toBe(200);
    expect((await rest(simulator, '/repository/testConnection', { method: 'PUT', headers, body: '{}' })).status).toBe(403);
  });

  it('is not everyone who may log in', async () => {
    const headers = basic(simulator.viewer.username, simulator.viewer.password);
    expect((await rest(simulator, '/plan', { headers })).status).toBe(200);
    expect((await rest(simulator, '/repository', { headers })).status).toBe(403);
  });

  it('is told in XML where that is switched on, and the status code as text where the server is so', async () => {
    await running({ profile: 'old' }, async (old) => {
      const answer = await rest(old, '/plan/NO-SUCH');
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('xml');
      expect(await answer.text()).toContain('<status-code>404</status-code>');
      old.switches.errors = 'json';
      expect(await (await rest(old, '/plan/NO-SUCH')).json()).toMatchObject({ 'status-code': '404' });
    });
  });
});
