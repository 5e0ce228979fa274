import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PlanFile } from '../../src/core/plan-file.ts';
import type { ProfileName, RepositoryDump, SharedCredentialDump } from '../../src/simulator/index.ts';
import { type BinWorld, startBinWorld } from './bin-world.ts';
import { temporaryDirectories } from './temporary-directory.ts';

/** Whole commands run here, on machines that do other things as well. */
const PATIENCE_MS = 120_000;
const STATIC = 'x-bitbucket-api-token-auth';

/** The plan that was made last. */
export function planOf(world: BinWorld): PlanFile {
  return JSON.parse(world.read('plan.json')) as PlanFile;
}

/** The first API token that the simulated Bitbucket knows. */
export function token(world: BinWorld): { readonly email: string; readonly value: string } {
  return world.simulator.tokens[0] ?? { email: '', value: '' };
}

/** What the server holds of everything but the pairs that a plan may change. */
function others(world: BinWorld, plan: PlanFile): unknown {
  const changing = new Set(plan.changes.map(({ object, id }) => `${object}:${id}`));
  const left = ({ id, settings, secrets, ...rest }: RepositoryDump) => {
    if (!changing.has(`repository:${id}`)) return { id, settings, secrets, ...rest };
    const own = (entries: Readonly<Record<string, string>>, ending: RegExp) =>
      Object.fromEntries(Object.entries(entries).filter(([name]) => !ending.test(name)));
    return { id, ...rest, settings: own(settings, /username$/), secrets: own(secrets, /password$/) };
  };
  const credentials = world.simulator
    .sharedCredentials()
    .map((each) => (changing.has(`shared-credential:${each.id}`) ? { ...each, username: '', settings: {}, secrets: {} } : each));
  return { repositories: world.simulator.repositories().map(left), credentials };
}

/** A shared credential that the server holds, by its name and scope. */
export function credential(world: BinWorld, name: string, project?: string): SharedCredentialDump {
  const found = world.simulator.sharedCredentials().find((each) => each.name === name && (each.project ?? undefined) === project);
  if (found === undefined) throw new RangeError(`there is no shared credential ${name}`);
  return found;
}

/** The story of every place that holds a credential, on a server of one profile: planned, written, verified and put back. */
export function tellEveryPlace(profile: ProfileName): void {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;
  let start: unknown;
  let plan: PlanFile;
  let run: string;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory(), { profile, repositories: 60, seed: 'demo' });
    const planned = await world.run('plan', '-o', 'plan.json', '-q');
    expect([planned.exit, planned.stderr]).toEqual([0, '']);
    plan = planOf(world);
    start = others(world, plan);
    world.simulator.clearRequests();
    const applied = await world.run('apply', 'plan.json', '--yes', '-q');
    expect([applied.exit, applied.stderr]).toEqual([0, '']);
    run = /run (\S+)/.exec(applied.stdout)?.[1] ?? '';
  }, PATIENCE_MS);

  afterAll(() => world.stop());

  it('gets one change for each shared credential, branch override and Git repository', () => {
    const kinds = plan.changes.map(({ object, level, kind }) => `${object} ${level} ${kind}`);
    expect(kinds).toEqual(expect.arrayContaining(['shared-credential global credentials', 'repository branch bitbucket-cloud', 'repository global git']));
    expect(new Set(plan.changes.map(({ object, id }) => `${object}:${id}`)).size).toBe(plan.changes.length);
  });

  it('holds email and token for Bitbucket Cloud, the static name and token for Git, and nothing else changed', () => {
    const { email, value } = token(world);
    const cloud = credential(world, 'bitbucket cloud');
    expect([cloud.username, Object.values(cloud.secrets)]).toEqual([email, [value]]);
    const git = credential(world, 'git over https');
    expect([git.username, Object.values(git.secrets)]).toEqual([STATIC, [value]]);
    const held = new Map(world.simulator.repositories().map((repository) => [repository.id, repository]));
    for (const { object, id, kind, after } of plan.changes.filter((change) => change.object === 'repository')) {
      const { settings = {}, secrets = {} } = held.get(id) ?? {};
      const username = settings[kind === 'git' ? 'repository.git.username' : 'repository.bitbucket.username'];
      expect({ object, id, username, secret: Object.values(secrets).includes(value) }).toEqual({ object, id, username: after.username, secret: true });
    }
    expect(others(world, plan)).toEqual(start);
  });

  it('names under cannot who can not be served, with everybody else that uses the same', () => {
    const why = Object.fromEntries(plan.cannot.filter(({ object }) => object === 'shared-credential').map(({ name, why }) => [name, why]));
    expect(why['git and cloud']).toContain('no user name works for both');
    expect(why['build user everywhere']).toContain('on another host');
  });

  it('saves each object once, and never submits the page that asks before deleting', () => {
    const writes = world.simulator.requests().filter(({ method, path }) => method === 'POST' && !/userlogin|authenticate|elevate/.test(path));
    expect(writes.filter(({ path }) => /delete/i.test(path))).toEqual([]);
    expect(writes).toHaveLength(plan.changes.length);
  });

  it(
    'verifies',
    async () => {
      const verified = await world.run('verify', run, '-q');
      expect([verified.exit, verified.stderr]).toEqual([0, '']);
    },
    PATIENCE_MS,
  );

  it(
    'goes back as a whole',
    async () => {
      const back = await world.run('rollback', run, '--yes', '-q');
      expect([back.exit, back.stderr]).toEqual([0, '']);
      expect(credential(world, 'bitbucket cloud').username).toBe(
        plan.changes.find(({ name, object }) => object === 'shared-credential' && name === 'bitbucket cloud')?.before?.username,
      );
      expect(others(world, plan)).toEqual(start);
    },
    PATIENCE_MS,
  );
}
