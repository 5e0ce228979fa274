import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanFile } from '../../src/core/plan-file.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

describe('a form that is not understood', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory());
  });

  afterAll(() => world.stop());

  const plan = async (): Promise<PlanFile> => {
    await world.run('plan', '-o', 'plan.json', '-q');
    return JSON.parse(world.read('plan.json')) as PlanFile;
  };

  it('is saved by doctor without anything that the server holds', async () => {
    world.simulator.switches.repositoryList = 'empty';
    const { exit, stdout } = await world.run('doctor', '--capture', 'forms', '-q');
    world.simulator.switches.repositoryList = 'current';
    expect([exit, stdout]).toEqual([0, expect.stringContaining('page(s) saved in forms without their values')]);
    const files = readdirSync(join(world.directory, 'forms'));
    expect(files.length).toBeGreaterThan(0);
    const captured = files.map((file) => readFileSync(join(world.directory, 'forms', file), 'utf8')).join('\n');
    expect(captured).toContain('name="repository.bitbucket.username"');
    const held = world.simulator
      .repositories()
      .flatMap(({ name, settings, secrets }) => [
        name,
        settings['repository.bitbucket.username'],
        settings['repository.bitbucket.repository'],
        ...Object.values(secrets),
      ]);
    const telling = held.filter((value): value is string => value !== undefined && value.length > 5);
    expect(telling.length).toBeGreaterThan(10);
    expect(telling.filter((value) => captured.includes(value))).toEqual([]);
  });

  it('is not saved where every form was understood', async () => {
    const { stdout } = await world.run('doctor', '--capture', 'none', '-q');
    expect(stdout).toContain('every edit form was understood');
    expect(existsSync(join(world.directory, 'none'))).toBe(false);
  });

  it('is told by doctor where only its list of repositories failed, and the canary decides', async () => {
    world.simulator.switches.repositoryList = 'failed';
    const { exit, stdout } = await world.run('doctor', '-q');
    world.simulator.switches.repositoryList = 'current';
    expect(exit).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('say "Failed to load data from Bitbucket": checkouts may work all the same');
  });

  it('is read with the two controls that are named by hand, and with no others', async () => {
    const found = (await plan()).summary.change;
    world.configure(['bamboo', 'form'], { changeFlag: 'temporary.bitbucket.password.change', secret: 'temporary.bitbucket.password' });
    expect((await plan()).summary.change).toBe(found);
    world.configure(['bamboo', 'form'], { changeFlag: 'no.such.control', secret: 'temporary.bitbucket.password' });
    const missing = await plan();
    expect(missing.changes.filter(({ kind }) => kind === 'bitbucket-cloud')).toEqual([]);
    expect(missing.cannot.map(({ why }) => why)).toContain('bamboo.form names "no.such.control", which this form does not have');
    world.configure(['bamboo', 'form'], { changeFlag: 'temporary.bitbucket.password.change', secret: 'repository.bitbucket.username' });
    expect((await plan()).cannot.map(({ why }) => why)).toContain(
      'bamboo.form names "repository.bitbucket.username" as the password field, but it takes no password',
    );
    world.configure(['bamboo', 'form'], undefined);
  }, 90_000);
});
