import { describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';
import { SimulatedBrowser } from '../../../support/simulated-browser.ts';

const FLAG = 'temporary.bitbucket.password.change';
const SECRET = 'temporary.bitbucket.password';
const USERNAME = 'repository.bitbucket.username';
const BEFORE_THE_END = new Date('2026-03-01T00:00:00Z');
const AFTER_THE_END = new Date('2026-09-01T00:00:00Z');

interface Tried {
  readonly status: number;
  readonly connectionErrors: string[];
}

async function running<T>(options: SimulatorOptions, use: (simulator: Simulator) => Promise<T>): Promise<T> {
  const simulator = await startSimulator(options);
  try {
    return await use(simulator);
  } finally {
    await simulator.stop();
  }
}

function repositoryOf(simulator: Simulator, username: string): RepositoryDump {
  return simulator.repositories().find((each) => each.level === 'global' && each.settings[USERNAME] === username) as RepositoryDump;
}

/** Sends the whole form as the test button does, after a change. */
async function tryOut(simulator: Simulator, repository: RepositoryDump, change: Record<string, string | number> = {}): Promise<Tried> {
  const browser = new SimulatedBrowser(simulator);
  await browser.logIn();
  const form = await browser.form(`/admin/editLinkedRepository.action?repositoryId=${repository.id}`);
  return send(simulator, { ...Object.fromEntries(form.entries), ...change });
}

async function send(simulator: Simulator, fields: object): Promise<Tried> {
  const answer = await fetch(`${simulator.bambooUrl}/rest/api/latest/repository/testConnection`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${simulator.restToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  return { status: answer.status, ...((await answer.json()) as { connectionErrors: string[] }) };
}

describe('the connection test of a Bitbucket Cloud repository', () => {
  it('passes with the stored app password while Bitbucket takes those, and fails afterwards', async () => {
    await running({ now: () => BEFORE_THE_END }, async (simulator) => {
      expect(await tryOut(simulator, repositoryOf(simulator, 'globex_bot'))).toEqual({ status: 200, connectionErrors: [] });
    });
    await running({ now: () => AFTER_THE_END }, async (simulator) => {
      const tried = await tryOut(simulator, repositoryOf(simulator, 'globex_bot'));
      expect(tried.status).toBe(200);
      expect(tried.connectionErrors[0]).toContain('410');
    });
  });

  it('tries the new secret only when the flag is true', async () => {
    await running({ now: () => AFTER_THE_END }, async (simulator) => {
      const repository = repositoryOf(simulator, 'globex_bot');
      const [token] = simulator.tokens;
      const pair = { [USERNAME]: token?.email ?? '', [SECRET]: token?.value ?? '' };
      expect((await tryOut(simulator, repository, { ...pair, [FLAG]: 'true' })).connectionErrors).toEqual([]);
      expect((await tryOut(simulator, repository, pair)).connectionErrors).not.toEqual([]);
      expect((await tryOut(simulator, repository, { ...pair, [FLAG]: 'true', [SECRET]: '' })).connectionErrors).not.toEqual([]);
    });
  });

  it('passes with the stored token beside the email, and fails with that token beside the user name', async () => {
    await running({}, async (simulator) => {
      const repository = repositoryOf(simulator, 'ci@acme.example');
      expect((await tryOut(simulator, repository)).connectionErrors).toEqual([]);
      expect((await tryOut(simulator, repository, { [USERNAME]: 'build-bot' })).connectionErrors).toHaveLength(1);
    });
  });

  it('fails with 401 for any token on a version before the fix', async () => {
    await running({ version: '9.6.15' }, async (simulator) => {
      expect((await tryOut(simulator, repositoryOf(simulator, 'ci@acme.example'))).connectionErrors[0]).toContain('401 Unauthorized');
    });
  });

  it('fails for a token that has run out', async () => {
    const expires = new Date('2026-06-01T00:00:00Z');
    await running({ now: () => AFTER_THE_END, tokens: [{ name: 'late', email: 'ci@acme.example', expires }] }, async (simulator) => {
      expect((await tryOut(simulator, repositoryOf(simulator, 'ci@acme.example'))).connectionErrors).toHaveLength(2);
    });
  });

  it('uses the shared credential of a repository that has one, and none for public access', async () => {
    await running({ now: () => BEFORE_THE_END }, async (simulator) => {
      const all = simulator.repositories().filter((each) => each.level === 'global');
      const shared = all.find((each) => each.settings['repository.bitbucket.passwordCredentialsSource'] === 'SHARED_CREDENTIALS');
      const open = all.find((each) => each.settings['repository.bitbucket.accessLevel'] === 'PUBLIC');
      expect((await tryOut(simulator, shared as RepositoryDump)).connectionErrors).toEqual([]);
      expect((await tryOut(simulator, open as RepositoryDump)).connectionErrors).toEqual([]);
    });
  });

  it('stores nothing', async () => {
    await running({}, async (simulator) => {
      const before = simulator.repositories();
      await tryOut(simulator, repositoryOf(simulator, 'globex_bot'), { [FLAG]: 'true', [SECRET]: 'tried only', [USERNAME]: 'someone' });
      expect(simulator.repositories()).toEqual(before);
    });
  });

  it('takes an id above 2^53 written as a number with all its digits', async () => {
    await running({ profile: 'awkward' }, async (simulator) => {
      const repository = repositoryOf(simulator, 'ci@acme.example');
      const browser = new SimulatedBrowser(simulator);
      await browser.logIn();
      const form = await browser.form(`/admin/editLinkedRepository.action?repositoryId=${repository.id}`);
      const body = JSON.stringify(Object.fromEntries(form.entries)).replace(`"repositoryId":"${repository.id}"`, `"repositoryId":${repository.id}`);
      const answer = await fetch(`${simulator.bambooUrl}/rest/api/latest/repository/testConnection`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${simulator.restToken}`, 'content-type': 'application/json' },
        body,
      });
      expect(await answer.json()).toEqual({ connectionErrors: [] });
    });
  });

  it.each([
    ['no type', {}],
    ['an unknown type', { selectedRepository: 'com.example:none' }],
    ['an unknown repository', { selectedRepository: 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloud', repositoryId: '1' }],
    [
      'the type and the id alone, the other fields being lost',
      { selectedRepository: 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloud', repositoryId: '1179653' },
    ],
    ['another type than the stored one', { selectedRepository: 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-git:gitv2', repositoryId: '1179653' }],
  ])('answers 400 to %s', async (_what, fields) => {
    await running({}, async (simulator) => expect((await send(simulator, fields)).status).toBe(400));
  });
});

describe('the connection test of a Git repository', () => {
  const SHAPE = { selectedRepository: 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-git:gitv2', repositoryName: 'x', 'repository.git.branch': 'main' };
  const URL_FIELD = 'repository.git.repositoryUrl';

  function fields(simulator: Simulator, username: string, url = 'https://bitbucket.org/acme/web-api-1.git'): object {
    const login = { 'repository.git.username': username, 'temporary.git.password.change': 'true', 'temporary.git.password': simulator.tokens[0]?.value };
    return { ...SHAPE, [URL_FIELD]: url, 'repository.git.authenticationType': 'PASSWORD', 'repository.git.passwordCredentialsSource': 'CUSTOM', ...login };
  }

  it("passes with the static name and a token on every version, and fails with the token's email", async () => {
    await running({ version: '8.2.9' }, async (simulator) => {
      expect((await send(simulator, fields(simulator, 'x-bitbucket-api-token-auth'))).connectionErrors).toEqual([]);
      expect((await send(simulator, fields(simulator, 'ci@acme.example'))).connectionErrors).toHaveLength(1);
    });
  });

  it('fails at a host that only looks like bitbucket.org', async () => {
    await running({}, async (simulator) => {
      const elsewhere = fields(simulator, 'x-bitbucket-api-token-auth', 'https://bitbucket.org.example.com/acme/web-api-1.git');
      expect((await send(simulator, elsewhere)).connectionErrors[0]).toContain('Could not resolve host');
    });
  });
});
