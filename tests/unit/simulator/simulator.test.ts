import { describe, expect, it } from '@jest/globals';
import { PROFILES, type ProfileName, type Simulator, SimulatorError, type SimulatorOptions, startSimulator } from '../../../src/simulator/index.ts';

async function running<T>(options: SimulatorOptions, use: (simulator: Simulator) => Promise<T> | T): Promise<T> {
  const simulator = await startSimulator(options);
  try {
    return await use(simulator);
  } finally {
    await simulator.stop();
  }
}

describe('a seed', () => {
  it('gives the same server again, and another seed another one', async () => {
    const told = (simulator: Simulator): object => ({ repositories: simulator.repositories(), login: simulator.login, token: simulator.restToken });
    const first = await running({ seed: 'a' }, told);
    expect(await running({ seed: 'a' }, told)).toEqual(first);
    expect(await running({ seed: 'b' }, told)).not.toEqual(first);
  });

  it.each(Object.keys(PROFILES) as ProfileName[])('of sixty holds, in the profile %s, every level, type and way to log in', async (profile) => {
    await running({ profile }, (simulator) => {
      const all = simulator.repositories();
      expect(all.filter((each) => each.level !== 'branch')).toHaveLength(60);
      expect(new Set(all.map((each) => each.level))).toEqual(new Set(['global', 'project', 'plan', 'branch']));
      expect(new Set(all.map((each) => each.type))).toEqual(new Set(['bbCloud', 'git', 'bbServer', 'github', 'svn']));
      for (const level of ['global', 'project', 'plan']) {
        const users = all.filter((each) => each.level === level).map((each) => each.settings['repository.bitbucket.username'] ?? '');
        expect(users).toContain('buildbot');
        expect(users).toContain('ci@acme.example');
      }
      const settings = all.flatMap((each) => Object.values(each.settings));
      expect(settings).toEqual(expect.arrayContaining(['SHARED_CREDENTIALS', 'SSH_KEYPAIR', 'PUBLIC']));
    });
  });

  it('holds one name in three scopes, and names in other scripts and with markup', async () => {
    await running({}, (simulator) => {
      const named = simulator.repositories().filter((each) => each.name === 'shared library');
      expect(new Set(named.filter((each) => each.level !== 'branch').map((each) => each.level))).toEqual(new Set(['global', 'project', 'plan']));
      const names = simulator.repositories().map((each) => each.name);
      for (const part of ['構成', 'مستودع', '🚀', '<b>', 'ü']) expect(names.some((name) => name.includes(part))).toBe(true);
    });
  });

  it.each(Object.keys(PROFILES) as ProfileName[])(
    'of sixty holds, in the profile %s, Git repositories and shared credentials in every place',
    async (profile) => {
      await running({ profile }, (simulator) => {
        const git = simulator.repositories().filter((each) => each.type === 'git');
        expect(new Set(git.map((each) => each.level))).toEqual(new Set(['global', 'project', 'plan', 'branch']));
        const urls = git.map((each) => each.settings['repository.git.repositoryUrl'] ?? '');
        for (const start of [
          'https://bitbucket.org/',
          'https://initech-build@bitbucket.org/',
          'https://bitbucket.org.example.com/',
          'git@bitbucket.org:',
          'https://git.example.com/',
        ])
          expect(urls.some((url) => url.startsWith(start))).toBe(true);
        for (const { name, type, id } of simulator
          .sharedCredentials()
          .filter((each) => ['git and cloud', 'git over https', 'bitbucket cloud'].includes(each.name))) {
          const users = simulator.repositories().filter((each) => Object.values(each.settings).includes(id));
          expect([name, type, users.length > 0]).toEqual([name, 'username-password', true]);
          expect(new Set(users.map((each) => each.type)).size).toBe(name === 'git and cloud' ? 2 : 1);
        }
        const overridden = simulator.plans().flatMap((plan) => plan.branches.flatMap((branch) => Object.keys(branch.overrides)));
        expect(overridden.length).toBeGreaterThan(3);
      });
    },
  );

  it('of ten thousand keeps ids, and names within a scope, unique', async () => {
    await running({ repositories: 10_000 }, (simulator) => {
      const all = simulator.repositories().filter((each) => each.level !== 'branch');
      expect(new Set(all.map((each) => each.id)).size).toBe(10_000);
      expect(new Set(all.map((each) => `${JSON.stringify(each.owner)} ${each.name}`)).size).toBe(10_000);
    });
  });
});

describe('a running simulator', () => {
  it('changes one setting or secret on demand, and refuses those that it does not know', async () => {
    await running({}, (simulator) => {
      const [one] = simulator.repositories().filter((each) => each.settings['repository.bitbucket.username'] === 'buildbot');
      simulator.edit(one?.id ?? '', 'repository.bitbucket.username', 'someone');
      simulator.edit(one?.id ?? '', 'repository.bitbucket.password', 'something');
      const [after] = simulator.repositories().filter((each) => each.id === one?.id);
      expect(after?.settings['repository.bitbucket.username']).toBe('someone');
      expect(after?.secrets['repository.bitbucket.password']).toBe('something');
      expect(() => simulator.edit(one?.id ?? '', 'no.such.setting', 'x')).toThrow(SimulatorError);
      expect(() => simulator.edit('1', 'repositoryName', 'x')).toThrow(SimulatorError);
    });
  });

  it('hands out copies, so that nobody changes the server by accident', async () => {
    await running({}, (simulator) => {
      const before = simulator.repositories();
      for (const each of simulator.repositories()) Object.assign(each.settings, { repositoryName: 'changed' });
      expect(simulator.repositories()).toEqual(before);
    });
  });

  it('logs the requests of both servers with their status and without secrets', async () => {
    await running({}, async (simulator) => {
      const headers = { authorization: `Bearer ${simulator.restToken}` };
      await (await fetch(`${simulator.bambooUrl}/rest/api/latest/info?os_password=hidden`, { headers })).text();
      await (await fetch(`${simulator.bitbucketApiUrl}/user`)).text();
      expect(simulator.requests()).toEqual([
        { server: 'bamboo', method: 'GET', path: '/bamboo/rest/api/latest/info?os_password=', repositoryId: null, status: 200 },
        { server: 'bitbucket', method: 'GET', path: '/2.0/user', repositoryId: null, status: 401 },
      ]);
      simulator.clearRequests();
      expect(simulator.requests()).toEqual([]);
    });
  });

  it('serves under the context path alone', async () => {
    await running({ contextPath: '/deep/er/' }, async (simulator) => {
      const { origin } = new URL(simulator.bambooUrl);
      expect(simulator.bambooUrl).toBe(`${origin}/deep/er`);
      expect((await fetch(`${origin}/deep/er/rest/api/latest/status`)).status).toBe(200);
      expect((await fetch(`${origin}/rest/api/latest/status`)).status).toBe(404);
    });
  });

  it('lets Bitbucket take the token that it hands out', async () => {
    await running({}, async (simulator) => {
      const [token] = simulator.tokens;
      const basic = (user: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`${user}:${token?.value}`).toString('base64')}` });
      expect((await fetch(`${simulator.bitbucketApiUrl}/user`, { headers: basic(token?.email ?? '') })).status).toBe(200);
      const advertised = await fetch(`${simulator.bitbucketGitUrl}/acme/web-api-1.git/info/refs?service=git-upload-pack`, {
        headers: basic('x-bitbucket-api-token-auth'),
      });
      expect(advertised.status).toBe(200);
      await advertised.arrayBuffer();
    });
  });

  it('goes on answering while other requests wait out their latency', async () => {
    await running({ latencyMs: 60_000 }, async (simulator) => {
      const status = `${simulator.bambooUrl}/rest/api/latest/status`;
      const slow = fetch(status).then(
        () => 'answered',
        () => 'cut off',
      );
      while (simulator.requests().length === 0) await new Promise(setImmediate);
      simulator.switches.latencyMs = 0;
      while (simulator.requests().length < 3) expect((await fetch(status)).status).toBe(200);
      const [first] = simulator.requests();
      expect([first?.status, await Promise.race([slow, 'waiting'])]).toEqual([0, 'waiting']);
      await simulator.stop();
      expect(await slow).toBe('cut off');
    });
  });

  it('refuses an unknown profile by naming those that there are', async () => {
    await expect(startSimulator({ profile: 'nonesuch' })).rejects.toThrow('The profiles are standard, modern, old, awkward.');
  });

  it('refuses a port that is taken, and leaves nothing running', async () => {
    await running({}, async (simulator) => {
      const port = Number(new URL(simulator.bambooUrl).port);
      await expect(startSimulator({ port })).rejects.toThrow(SimulatorError);
    });
  });
});
