import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunEvent } from '../../src/core/events.ts';
import type { RepositoryDump } from '../../src/simulator/index.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

describe('"latest" and runs with nothing to do', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;
  let start: RepositoryDump[];

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory(), { repositories: 12, seed: 'latest' });
    start = structuredClone(world.simulator.repositories());
    await world.run('plan', '-o', 'plan.json', '-q');
    await world.run('apply', 'plan.json', '--yes', '-q');
  });

  afterAll(() => world.stop());

  async function runIds(): Promise<string[]> {
    const { stdout } = await world.run('runs');
    return stdout.match(/^\d{4}-\d\d-\d\dT\S+/gm) ?? [];
  }

  async function events(...words: string[]): Promise<RunEvent[]> {
    const { stdout } = await world.run(...words, '--json');
    return stdout
      .trim()
      .split('\n')
      .map((line) => RunEvent.parse(JSON.parse(line)));
  }

  it('applies a plan again without changing anything, and goes back from the run that did change something', async () => {
    expect((await world.run('apply', 'plan.json', '--yes', '-q')).exit).toBe(0);
    expect(await runIds()).toHaveLength(2);
    expect((await world.run('rollback', 'latest', '--yes', '-q')).exit).toBe(0);
    expect(world.simulator.repositories()).toEqual(start);
  });

  it('tells each object of a run and each run as events, whose counts are those of the run', async () => {
    const listed = (await events('runs')).flatMap((event) => (event.event === 'RUN' ? [event] : []));
    expect(listed.map(({ run }) => run)).toEqual(await runIds());
    const first = listed[0];
    const shown = await events('show', first?.run ?? '');
    expect(shown.filter(({ event }) => event === 'ITEM')).toHaveLength(first?.tally?.total ?? 0);
    expect(shown.at(-1)).toEqual({ event: 'RUN_FINISHED', run: first?.run, ...first?.tally, exit: 0 });
    expect((await world.run('show', first?.run ?? '')).stderr).toBe('');
  });

  it('shows before a rollback what would go back as the server stands, and after it that nothing is left', async () => {
    const [first] = await runIds();
    const told = async () => (await events('rollback', first ?? '', '--dry-run')).map(({ event }) => event).filter((event) => event.endsWith('_RESTORE'));
    expect(await told()).toEqual([]);
    await world.run('rollback', (await runIds()).at(-1) ?? '', '--yes', '-q');
    const all = await told();
    expect(new Set(all)).toEqual(new Set(['WOULD_RESTORE']));
    const edited = world.simulator
      .repositories()
      .find(
        ({ id, settings }) => settings['repository.bitbucket.username'] !== start.find((each) => each.id === id)?.settings['repository.bitbucket.username'],
      );
    world.simulator.edit(edited?.id ?? '', 'repository.bitbucket.branch', 'edited-since');
    expect((await told()).sort()).toEqual(['CANNOT_RESTORE', ...all.slice(1)]);
    expect((await world.run('rollback', first ?? '', '--dry-run')).stdout).toContain('changed: repository.bitbucket.branch');
    world.simulator.edit(
      edited?.id ?? '',
      'repository.bitbucket.branch',
      start.find(({ id }) => id === edited?.id)?.settings['repository.bitbucket.branch'] ?? '',
    );
    await world.run('rollback', first ?? '', '--yes', '-q');
  });

  it('takes the apply, not the rollback, for "latest" when asked to go back once more', async () => {
    const before = await runIds();
    const { exit, stdout } = await world.run('rollback', 'latest', '--yes', '-q');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/0 changed/);
    expect(world.simulator.repositories()).toEqual(start);
    expect((await runIds()).length).toBe(before.length + 1);
  });

  it('tells also what cannot go back for want of its old secret, by its name and reason', async () => {
    await world.run('apply', 'plan.json', '--yes', '-q');
    world.configure(['previous'], undefined);
    const back = await events('rollback', 'latest', '--yes');
    const skipped = back.flatMap((event) => (event.event === 'ITEM' && event.outcome === 'skipped' ? [event] : []));
    expect(skipped.length).toBeGreaterThan(0);
    for (const { name, reason } of skipped) expect([name, reason]).toEqual([expect.stringMatching(/./), expect.stringContaining('previous')]);
    expect(back.at(-1)).toMatchObject({ event: 'RUN_FINISHED', total: back.filter(({ event }) => event === 'ITEM').length, skipped: skipped.length, exit: 5 });
  });

  it('makes no run for a plan without changes', async () => {
    await world.run('apply', 'plan.json', '--yes', '-q');
    await world.run('plan', '-o', 'empty.json', '-q');
    const before = await runIds();
    expect((await world.run('apply', 'empty.json', '--yes')).exit).toBe(0);
    expect(await runIds()).toEqual(before);
  });
});
