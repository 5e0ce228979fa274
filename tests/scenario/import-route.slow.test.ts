import { afterEach, describe, expect, it } from '@jest/globals';
import type { PlanFile } from '../../src/core/plan-file.ts';
import type { SimulatorOptions } from '../../src/simulator/index.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** The import route through the bin, judged by what the server holds. */
describe('with the home of Bamboo', () => {
  const temporaryDirectory = temporaryDirectories();
  const worlds: BinWorld[] = [];

  afterEach(async () => {
    await Promise.all(worlds.splice(0).map((world) => world.stop()));
  });

  async function open(options: SimulatorOptions = {}, login = false): Promise<BinWorld> {
    const world = await startBinWorld(temporaryDirectory(), options);
    worlds.push(world);
    const { server, local } = world.simulator.home;
    world.configure(['bamboo', 'home'], { server, local });
    if (!login) world.configure(['bamboo', 'login'], undefined);
    return world;
  }

  async function planned(world: BinWorld, ...words: string[]): Promise<PlanFile> {
    const ended = await world.run('plan', '-o', 'plan.json', '-q', ...words);
    expect([ended.exit, ended.stderr]).toEqual([0, '']);
    return JSON.parse(world.read('plan.json')) as PlanFile;
  }

  const held = (world: BinWorld): string => JSON.stringify(world.simulator.repositories());

  async function applied(world: BinWorld): Promise<string> {
    const ended = await world.run('apply', 'plan.json', '--yes', '--json');
    expect(ended.exit).toBe(0);
    return (JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '{}') as { run: string }).run;
  }

  it('a token alone moves linked and project repositories, and puts them back to the last setting and secret', async () => {
    const world = await open();
    const start = held(world);
    const plan = await planned(world);
    expect(plan.changes.length).toBeGreaterThan(0);
    expect(new Set(plan.changes.map(({ route }) => route))).toEqual(new Set(['import']));
    const run = await applied(world);
    const ids = new Set(plan.changes.map(({ id }) => id));
    const before = new Map((JSON.parse(start) as ReturnType<BinWorld['simulator']['repositories']>).map((each) => [each.id, each]));
    for (const repository of world.simulator.repositories()) {
      const old = before.get(repository.id);
      if (old === undefined || !ids.has(repository.id)) expect(repository).toEqual(old);
      else {
        const username = Object.keys(old.settings).find((name) => /^repository\.(bitbucket|git)\.username$/.test(name)) ?? '';
        expect(repository.settings[username]).not.toBe(old.settings[username]);
        expect({ ...repository.settings, [username]: old.settings[username] }).toEqual(old.settings);
        expect(Object.values(repository.secrets)).toContain(world.simulator.tokens[0]?.value);
      }
    }
    expect((await world.run('rollback', run, '--yes')).exit).toBe(0);
    expect(JSON.parse(held(world))).toEqual(JSON.parse(start));
  });

  it('tells how many files planning left on the server, and where', async () => {
    const world = await open();
    const { stdout } = await world.run('plan', '--json');
    expect(stdout).toMatch(/"event":"EXPORTED","files":[1-9]\d*,"folders":\["/);
  });

  it('takes documents that appear late, and none that stays half', async () => {
    const late = await open({ switches: { exports: 'half-then-whole', exportMs: 150 } });
    expect((await planned(late)).changes.length).toBeGreaterThan(0);
    await applied(late);
    const half = await open({ switches: { exports: 'half' } });
    expect((await planned(half)).changes).toEqual([]);
  });

  it('goes by the form where the document can not be read or holds a secret in clear', async () => {
    const world = await open({ traits: { exportSecrets: 'clear' } }, true);
    const plan = await planned(world, '--level', 'global', '--kind', 'bitbucket-cloud');
    expect(new Set(plan.changes.map(({ route }) => route))).toEqual(new Set(['form']));
    world.configure(['bamboo', 'login'], undefined);
    expect((await planned(world)).cannot.map(({ why }) => why)).toContainEqual(expect.stringContaining('in clear'));
  });

  it('needs the old secret to go back where exports leave passwords out', async () => {
    const world = await open({ traits: { exportSecrets: 'omitted' } });
    world.configure(['previous'], undefined);
    expect(new Set((await planned(world)).changes.map(({ rollback }) => rollback))).toEqual(new Set(['needs-secret']));
  });

  it('makes Git-type twins on an old version, once, leaves the originals alone, and removes the twins again', async () => {
    const world = await open({ profile: 'old' }, true);
    const start = held(world);
    const plan = await planned(world, '--as-git');
    expect(plan.cannot.filter(({ why }) => why.includes('description'))).toEqual([]);
    const twins = plan.changes.filter(({ object }) => object === 'twin');
    expect(twins.length).toBeGreaterThan(0);
    const told = twins.flatMap(({ warnings }) => warnings).join();
    expect(told).toContain('in place of the shared credential "bitbucket cloud"');
    expect(told).toContain('not taken over from the original: description');
    for (const { id, name, before } of twins)
      expect([id, name, before]).toEqual([expect.stringMatching(/^twin-of-/), expect.stringMatching(/ \(git\)$/), null]);
    const some = twins.slice(0, 3).map(({ name }) => name.replace(/ \(git\)$/, ''));
    const chosen = await planned(world, '--as-git', ...some.flatMap((name) => ['--repository', name]));
    // A repository of the Git type that bears a chosen name needs no twin: it is changed itself, and only its credential.
    const inPlace = new Set(chosen.changes.filter(({ object }) => object !== 'twin').map(({ id }) => id));
    const run = await applied(world);
    const made = world.simulator.repositories().filter(({ name }) => name.endsWith(' (git)'));
    expect(made.length).toBeGreaterThan(0);
    for (const { settings } of made) expect(settings['repository.git.repositoryUrl']).toMatch(/^https:\/\/bitbucket\.org\/.+\.git$/);
    const madeIds = new Set(made.map(({ id }) => id));
    const others = world.simulator.repositories().filter(({ id }) => !madeIds.has(id));
    const before = JSON.parse(start) as typeof others;
    expect(others.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const each of before.filter(({ id }) => inPlace.has(id))) expect(each.type).toBe('git');
    expect(others.filter(({ id }) => !inPlace.has(id))).toEqual(before.filter(({ id }) => !inPlace.has(id)));
    const again = await planned(world, '--as-git');
    for (const { name } of made) expect(again.changes.map((change) => change.name)).not.toContain(name);
    expect((await world.run('rollback', run, '--yes')).exit).toBe(0);
    expect(JSON.parse(held(world))).toEqual(JSON.parse(start));
  });
});
