import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { type Simulator, startSimulator } from '../../../../src/simulator/index.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

function specs(key: string, format: string, authorization = `Bearer ${simulator.restToken}`): Promise<Response> {
  return fetch(`${simulator.bambooUrl}/rest/api/latest/plan/${key}/specs?format=${format}`, { headers: { authorization } });
}

async function code(key: string, format: string): Promise<string> {
  return ((await (await specs(key, format)).json()) as { spec: { code: string } }).spec.code;
}

/** Every Java string literal, read by JSON's rules, which are the same for the escapes that the generator uses. */
function literals(java: string): string[] {
  return [...java.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) => JSON.parse(literal) as string);
}

describe('a plan as Java Specs', () => {
  it("shows the plan's own repositories in full, with the user name and an encrypted password", async () => {
    const plan = simulator.plans().find((each) => each.key === 'WEB-CI');
    const java = await code('WEB-CI', 'JAVA');
    const told = literals(java);
    for (const { id, name, oid, settings, secrets, type } of simulator.repositories().filter((each) => plan?.own.includes(each.id))) {
      expect(told).toEqual(expect.arrayContaining([name, oid]));
      if (type === 'bbCloud') expect(told).toEqual(expect.arrayContaining((settings['repository.bitbucket.repository'] ?? '').split('/')));
      for (const secret of Object.values(secrets)) expect([id, java.includes(secret)]).toEqual([id, false]);
    }
    expect(java).toMatch(/\.accountAuthentication\(new UserPasswordAuthentication\("[^"]+"\)\s+\.password\("BAMSCRT@0@0@[A-Za-z0-9+/=]+"\)\)/);
  });

  it('names linked and project repositories alone, in the order of the plan', async () => {
    for (const plan of simulator.plans()) {
      const told = literals(await code(plan.key, 'JAVA'));
      const names = plan.used.map((id) => simulator.repositories().find((each) => each.id === id)?.name ?? '');
      expect(told.filter((each) => names.includes(each)).slice(-names.length)).toEqual(names);
    }
  });

  it('holds nothing but ASCII, and names shared credentials with their scope', async () => {
    const java = await code('WEB-REL', 'JAVA');
    expect(java).toMatch(/^[\n -~]*$/);
    expect(java).toContain('new SharedCredentialsIdentifier("git and cloud").scope(SharedCredentialsScope.GLOBAL)');
    expect(java).toContain('.name("WEB \\u2013 Projekt 1")');
  });

  it('shows Git repositories with their address, and other types by their module', async () => {
    expect(await code('LIB-CI', 'JAVA')).toMatch(/new GitRepository\(\)[^;]+\.url\("https:\/\/bitbucket\.org\/globex\/data-library-47\.git"\)/);
    expect(await code('DATA-CI', 'JAVA')).toContain('new AnyVcsRepository(new AtlassianModule("com.atlassian.bamboo.plugins.stash');
  });
});

describe('a plan as YAML Specs', () => {
  it('shows type, slug and branch, and no credential', async () => {
    const yaml = await code('WEB-CI', 'YAML');
    const { repositories } = parse(yaml) as { repositories: Record<string, { type?: string; slug?: string }>[] };
    const own = simulator.plans().find((each) => each.key === 'WEB-CI')?.own[0];
    const first = simulator.repositories().find((each) => each.id === own);
    expect(repositories[0]).toEqual({
      [first?.name ?? '']: {
        type: 'bitbucket',
        slug: first?.settings['repository.bitbucket.repository'],
        branch: first?.settings['repository.bitbucket.branch'],
      },
    });
    expect(yaml).not.toMatch(/BAMSCRT|password|username/);
  });
});

describe('Specs', () => {
  it('are told to those who administer the plan alone', async () => {
    expect((await specs('NO-PLAN', 'JAVA')).status).toBe(404);
    const viewer = `Basic ${Buffer.from(`${simulator.viewer.username}:${simulator.viewer.password}`).toString('base64')}`;
    expect((await specs('WEB-CI', 'JAVA', viewer)).status).toBe(403);
    simulator.editPlan('WEB-CI', { access: 'view' });
    expect((await specs('WEB-CI', 'JAVA')).status).toBe(403);
    simulator.editPlan('WEB-CI', { access: 'admin' });
  });

  it('own a plan without any page or call telling so', async () => {
    expect(simulator.plans().filter((each) => each.specsBound)).toHaveLength(1);
    const key = simulator.plans().find((each) => each.specsBound)?.key;
    const headers = { authorization: `Bearer ${simulator.restToken}` };
    const told = async (): Promise<string> => (await fetch(`${simulator.bambooUrl}/rest/api/latest/plan/${key}`, { headers })).text();
    const before = await told();
    simulator.editPlan(key ?? '', { specsBound: false });
    expect(await told()).toBe(before);
  });
});
