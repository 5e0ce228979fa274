import { afterEach, describe, expect, it } from '@jest/globals';
import type { RepositoryDump } from '../../src/simulator/index.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** The main job from start to end on each kind of server that the facts allow; judged by what the server holds. */
describe('the main job', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  afterEach(() => world.stop());

  /** What differs between two states of the server: repository name -> names of settings and secrets. */
  function differences(before: readonly RepositoryDump[], after: readonly RepositoryDump[]): Map<string, string[]> {
    const found = new Map<string, string[]>();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    before.forEach((repository, index) => {
      const other = after[index] ?? repository;
      const names = (kind: 'settings' | 'secrets') =>
        [...new Set([...Object.keys(repository[kind]), ...Object.keys(other[kind])])].filter((name) => repository[kind][name] !== other[kind][name]);
      const changed = [...names('settings'), ...names('secrets')];
      if (changed.length > 0) found.set(repository.id, changed);
    });
    return found;
  }

  function changesOf(plan: string): { id: string; after: { username: string } }[] {
    return (JSON.parse(world.read(plan)) as { changes: { object: string; id: string; after: { username: string } }[] }).changes.filter(
      ({ object }) => object === 'repository',
    );
  }

  it.each(['standard', 'modern', 'awkward'])(
    'moves, converges and goes back on a server of profile "%s"',
    async (profile) => {
      world = await startBinWorld(temporaryDirectory(), { profile, repositories: 36, seed: `story-${profile}` });
      const token = world.simulator.tokens[0]?.value ?? '';
      const start = structuredClone(world.simulator.repositories());
      expect((await world.run('plan', '-o', 'plan.json')).exit).toBe(0);
      expect(world.simulator.repositories()).toEqual(start);

      const applied = await world.run('apply', 'plan.json', '--yes');
      expect([applied.exit, applied.stderr]).toEqual([0, expect.any(String)]);
      const held = structuredClone(world.simulator.repositories());
      const changed = differences(start, held);
      expect([...changed.keys()].sort()).toEqual(
        changesOf('plan.json')
          .map(({ id }) => id)
          .sort(),
      );
      for (const [id, names] of changed) {
        expect([id, names.map((name) => name.slice(name.lastIndexOf('.') + 1))]).toEqual([id, ['username', 'password']]);
        const repository = held.find((each) => each.id === id);
        expect(Object.values(repository?.secrets ?? {})).toContain(token);
        expect(Object.values(repository?.settings ?? {})).toContain(changesOf('plan.json').find((change) => change.id === id)?.after.username);
      }

      expect((await world.run('plan', '--exit-code')).exit).toBe(0);
      const again = await world.run('apply', 'plan.json', '--yes', '--json');
      expect(again.exit).toBe(0);
      expect(JSON.parse(again.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ event: 'RUN_FINISHED', changed: 0, failed: 0, unknown: 0 });
      expect(world.simulator.repositories()).toEqual(held);

      expect((await world.run('rollback', (await firstRun()) ?? '', '--yes')).exit).toBe(0);
      expect(world.simulator.repositories()).toEqual(start);
    },
    60_000,
  );

  async function firstRun(): Promise<string | undefined> {
    const { stdout } = await world.run('runs');
    return /\d{4}-\d\d-\d\dT[\w.-]+/.exec(stdout)?.[0];
  }

  it('refuses a server that never got the fix, and still lists and plans', async () => {
    world = await startBinWorld(temporaryDirectory(), { profile: 'old', repositories: 24, seed: 'story-old' });
    const start = structuredClone(world.simulator.repositories());
    expect((await world.run('inventory')).exit).toBe(0);
    expect((await world.run('plan', '-o', 'plan.json')).exit).toBe(0);
    const { exit, stderr } = await world.run('apply', 'plan.json', '--yes');
    expect(exit).toBe(4);
    expect(stderr).toMatch(/9\.6\.16/);
    expect(stderr).toMatch(/--kind git/);
    expect(world.simulator.repositories()).toEqual(start);
  });
});
