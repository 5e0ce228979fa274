import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { credential, planOf, tellEveryPlace, token } from '../support/every-place.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

// Whole commands run here, on machines that do other things as well.
jest.setTimeout(120_000);

describe('every place of a server that is awkward', () => tellEveryPlace('awkward'));

describe('shared credentials of projects', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory(), { repositories: 60, seed: 'demo' });
  });

  afterAll(() => world.stop());

  it('are written by one import that makes no second one', async () => {
    await world.run('plan', '-o', 'plan.json', '-q', '--kind', 'credentials', '--project', 'WEB');
    const own = credential(world, 'bitbucket cloud', 'WEB');
    const twin = credential(world, 'bitbucket cloud');
    const applied = await world.run('apply', 'plan.json', '--yes', '-q');
    expect([applied.exit, applied.stderr]).toEqual([0, '']);
    const { email, value } = token(world);
    const written = credential(world, 'bitbucket cloud', 'WEB');
    expect([written.id, written.oid, written.username, Object.values(written.secrets)]).toEqual([own.id, own.oid, email, [value]]);
    expect(credential(world, 'bitbucket cloud')).toEqual(twin);
    expect(world.simulator.sharedCredentials().filter(({ name }) => name === 'bitbucket cloud')).toHaveLength(2);
  });
});

describe('a shared credential that is not as planned any more', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory(), { repositories: 60, seed: 'demo' });
    await world.run('plan', '-o', 'plan.json', '-q', '--kind', 'credentials');
  });

  afterAll(() => world.stop());

  /** Applies and gives what is said of the credential. */
  async function said(name: string, project?: string): Promise<string> {
    const before = world.simulator.sharedCredentials().find((each) => each.name === name && (each.project ?? undefined) === project);
    const { stdout } = await world.run('apply', 'plan.json', '--yes', '--json', '--canary', '0', '--test', 'none');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; name?: string; project?: string; outcome?: string; reason?: string });
    expect(world.simulator.sharedCredentials().find((each) => each.name === name && (each.project ?? undefined) === project)).toEqual(before);
    const item = events.find((event) => event.event === 'ITEM' && event.name === name && event.project === project);
    return `${item?.outcome}: ${item?.reason}`;
  }

  it('is told as deleted, renamed and of another type, and is not written', async () => {
    const own = credential(world, 'bitbucket cloud', 'WEB');
    world.simulator.removeSharedCredential(own.id);
    world.simulator.editSharedCredential(credential(world, 'git over https').id, { name: 'renamed' });
    world.simulator.editSharedCredential(credential(world, 'bitbucket cloud').id, { type: 'ssh' });
    const { stdout, exit } = await world.run('apply', 'plan.json', '--yes', '--json', '--canary', '0', '--test', 'none');
    const items = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
      .filter(({ event }) => event === 'ITEM');
    const reasons = Object.fromEntries(
      items.map(({ name, project, outcome, reason }) => [`${name}${project === undefined ? '' : ` of ${project}`}`, `${outcome}: ${reason}`]),
    );
    expect(exit).toBe(5);
    expect(reasons['bitbucket cloud of WEB']).toContain('no longer lists');
    expect(reasons['git over https']).toContain('drifted: it is now called "renamed"');
    expect(reasons['bitbucket cloud']).toContain('drifted: it is now of another type (an SSH key)');
    const writes = world.simulator.requests().filter(({ method, path }) => method === 'POST' && /redentials/.test(path));
    expect(writes).toEqual([]);
    expect(await said('bitbucket cloud')).toContain('another type');
  });
});

describe('a server that does not take API tokens yet', () => {
  const temporaryDirectory = temporaryDirectories();

  it('has its Git-type objects changed alone, branch overrides read from one form', async () => {
    const world = await startBinWorld(temporaryDirectory(), { profile: 'old', repositories: 60, seed: 'demo' });
    try {
      await world.run('plan', '-o', 'plan.json', '-q', '--kind', 'git');
      expect(planOf(world).changes.map(({ kind, level }) => `${kind} ${level}`)).toEqual(expect.arrayContaining(['git global', 'git branch']));
      const applied = await world.run('apply', 'plan.json', '--yes', '-q');
      expect([applied.exit, applied.stderr]).toEqual([0, '']);
    } finally {
      await world.stop();
    }
  });
});
