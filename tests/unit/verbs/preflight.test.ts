import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Change } from '../../../src/core/plan-file.ts';
import type { Bamboo, Bitbucket, Runtime, TokenAnswer } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/core/secret.ts';
import { refusal } from '../../../src/core/token-cause.ts';
import type { TestScope } from '../../../src/verbs/pace.ts';
import { preflight } from '../../../src/verbs/preflight.ts';
import { runPlan } from '../../../src/verbs/run-plan.ts';
import { change, config } from '../../support/core-samples.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const GOOD: TokenAnswer = { kind: 'good' };
const PAGES = { login: async () => 'login form' };

/** What the two servers say. */
interface World {
  readonly version?: string;
  readonly state?: string;
  readonly token?: TokenAnswer;
  /** What the personal access tokens of its owner may do. */
  readonly rights?: readonly string[];
  /** No login is configured, and the token is not let into the pages. */
  readonly closed?: boolean;
}

function runtimeOf({ version = '10.2.7', state = 'RUNNING', token = GOOD, rights = ['READ', 'WRITE'], closed = false }: World): Runtime {
  const bitbucket: Bitbucket = {
    identity: async () => token,
    workspaces: async () => ({ kind: 'listed', entries: [{ slug: 'acme' }] }),
    grants: async () => ({ kind: 'listed', entries: ['acme/web'] }),
    repository: async () => GOOD,
    probe: async () => GOOD,
    spent: () => ({ rest: 0, git: 0 }),
  };
  const bamboo = {
    ...PAGES,
    ...(closed ? { login: () => Promise.reject(new RekeyError('LOGIN_MISSING', 'No login is configured.')) } : {}),
    info: async () => ({ version, buildNumber: '1', state }),
    accessTokens: async () => [{ name: 'mine', permissions: rights }],
  } as unknown as Bamboo;
  return { ...fakeSession().session.runtime, bamboo: async () => bamboo, bitbucket: async () => bitbucket };
}

async function check(world: World, part: Partial<Change> = {}, test: TestScope = 'none') {
  const tokens = [{ name: 'ci', email: 'ci@acme.example', expires: '2027-09-30', secret: new Secret('ATATT3-a-token') }];
  return await preflight({ changes: [change(part)], tokens, test }, config(), runtimeOf(world));
}

describe('preflight', () => {
  it('lets a run begin on a server that runs and takes API tokens, with a token that works', async () => {
    await expect(check({})).resolves.toMatchObject({ tokens: [{ name: 'ci' }] });
  });

  it.each([
    [{ version: '10.2.6' }, 'VERSION_UNSUPPORTED'],
    [{ version: '10.2.7-rc1' }, 'VERSION_UNSUPPORTED'],
    [{ version: 'ten' }, 'VERSION_UNREADABLE'],
    [{ state: 'PAUSED' }, 'SERVER_NOT_RUNNING'],
    [{ token: refusal('refused', 'Bitbucket refused email and token.') }, 'TOKEN_REFUSED'],
    [{ token: refusal('server-fault', 'Bitbucket answered 500.') }, 'TOKEN_REFUSED'],
  ] as const)('refuses the run before the first write: %j is %s', async (world, code) => {
    await expect(check(world)).rejects.toMatchObject({ code, exit: 4 });
  });

  it.each([{ route: 'import' }, { object: 'shared-credential', kind: 'credentials', route: 'shared-credential', level: 'project' }] as const)(
    'refuses to import with a personal access token that may only read: %j',
    async (part) => {
      await expect(check({ rights: ['READ'] }, part)).rejects.toMatchObject({ code: 'PERMISSION_MISSING', exit: 4 });
      await expect(check({ rights: ['READ', 'WRITE'] }, part)).resolves.toBeDefined();
    },
  );

  it('refuses a token that nothing proves where no page is open for the connection test that would decide', async () => {
    const unproven = { token: refusal('server-fault', 'Bitbucket answered 500.') };
    await expect(check({ ...unproven, closed: true }, { route: 'import' }, 'sample')).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
      exit: 4,
      message: expect.stringMatching(/Bitbucket answered 500\..*Nothing proves that it works: .*edit form/),
      remedy: expect.stringContaining('bamboo.login'),
    });
    await expect(check(unproven, { route: 'import' }, 'sample')).resolves.toBeDefined();
  });

  it('does not ask what a token may do where nothing is imported', async () => {
    await expect(check({ rights: ['READ'] }, { route: 'form' })).resolves.toBeDefined();
  });

  it('refuses to remove a twin without a way into the web pages, by which alone that goes; making one needs none', async () => {
    const twin = { object: 'twin', kind: 'git', route: 'import' } as const;
    await expect(check({ closed: true }, { ...twin, after: { username: '', credential: 'none' } })).rejects.toMatchObject({ code: 'LOGIN_MISSING', exit: 4 });
    await expect(check({ closed: true }, twin)).resolves.toBeDefined();
  });

  it('lets objects of the Git type through on a version that does not take API tokens for Bitbucket Cloud', async () => {
    const after = { username: 'x-bitbucket-api-token-auth', credential: 'api-token', token: 'ci' } as const;
    await expect(check({ version: '9.2.1' }, { kind: 'git', after })).resolves.toBeDefined();
  });
});

describe('a run', () => {
  const plan = samplePlan();
  const pace = { test: 'none', yes: true, onError: 'continue' } as const;
  const planned = { verb: 'apply', plan, changes: plan.changes, settled: new Map(), intended: new Set<string>(), left: [], pace } as const;
  const opened: string[] = [];
  const openFiles = async (): Promise<never> => {
    opened.push('the run directory');
    throw new RekeyError('INTERNAL', 'nothing may be begun');
  };

  it('for another server than the configured one is refused', async () => {
    const settings = { ...config(), bamboo: { ...config().bamboo, url: 'https://other.example.com' } };
    await expect(runPlan({ ...planned, openFiles }, { ...runtimeOf({}), config: async () => settings })).rejects.toMatchObject({ code: 'PLAN_FOREIGN' });
  });

  it('asks nobody and begins nothing while another one holds the lock', async () => {
    const base = runtimeOf({});
    const locked = new RekeyError('LOCKED', 'Another run holds the lock of this server.');
    const store = { ...(await base.store()), lock: () => Promise.reject(locked) };
    const runtime: Runtime = {
      ...base,
      store: async () => store,
      config: async () => config(),
      tokenSecret: async (name) => new Secret(`ATATT3xFfGF0${name}${'a1B2'.repeat(40)}`),
      tokenTrimmed: async () => false,
      bamboo: () => Promise.reject(new RekeyError('INTERNAL', 'the server was asked')),
    };
    await expect(runPlan({ ...planned, openFiles }, runtime)).rejects.toBe(locked);
    expect(opened).toEqual([]);
  });
});
