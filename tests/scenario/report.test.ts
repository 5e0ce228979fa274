import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Report } from '../../src/core/report/report.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
let world: BinWorld;
beforeAll(async () => {
  world = await startBinWorld(temporary());
  await world.run('plan', '-o', 'plan.json', '-q');
  await world.run('apply', 'plan.json', '--yes', '-q');
});
afterAll(() => world.stop());

async function reported(...words: string[]): Promise<Report> {
  const { exit, stderr } = await world.run('report', ...words, '-o', 'report.json', '--force');
  expect([exit, stderr]).toEqual([0, '']);
  return Report.parse(JSON.parse(world.read('report.json')));
}

describe('report, through the bin', () => {
  it('tells of the run what the server holds, whom it spoke to, and that no secret was kept', async () => {
    const { run, tally, items, evidence, notices } = await reported('latest');
    expect(run).toMatchObject({ verb: 'apply', state: 'finished', exit: 0 });
    expect(tally?.changed).toBe(items.length);
    for (const { id, object, after } of items.filter((item) => item.object === 'repository')) {
      const held = world.simulator.repositories().find((each) => each.id === id);
      expect([object, Object.values(held?.settings ?? {}).includes(after.username)]).toEqual(['repository', true]);
    }
    expect(evidence.hosts?.map(({ host }) => host)).toEqual(expect.arrayContaining([new URL(world.simulator.bambooUrl).host]));
    expect(evidence.searched.map(({ name, finds }) => [name, finds.length])).toEqual([
      ['journal.jsonl', 0],
      ['plan.json', 0],
      ['snapshot.jsonl', 0],
      ['summary.json', 0],
    ]);
    expect(evidence.secrets?.length).toBeGreaterThan(3);
    for (const secret of evidence.secrets ?? []) expect(secret).toMatchObject({ from: 'file', foundIn: 0 });
    expect(notices).toEqual([]);
  });

  it('finds a secret that somebody let into the files of the run', async () => {
    const [run = ''] = readdirSync(join(world.directory, '.bamboo-rekey/runs'));
    const secret = Object.values(world.simulator.tokens)[0];
    const notes = join(world.directory, '.bamboo-rekey/runs', run, 'notes.txt');
    writeFileSync(notes, `the token is ${JSON.stringify(secret)}`);
    const { notices } = await reported(run);
    expect(notices[0]).toMatch(/^A SECRET WAS FOUND in notes.txt: tokens\..+\.token/);
    // Else it would be found when the directory goes, too.
    rmSync(notes);
  });

  it('refuses what it cannot report, and paths that it may not write', async () => {
    mkdirSync(join(world.directory, 'folder'));
    world.write('plan-later.json', world.read('plan.json').replace('"format": 1', '"format": 2'));
    world.write('there.html', 'older');
    for (const [words, why] of [
      [['no-such-run', '-o', 'r.html'], 'Could not read'],
      [['plan-later.json', '-o', 'r.html'], 'made by a later version'],
      [['latest', '-o', 'folder'], 'it is a directory'],
      [['latest', '-o', 'absent/r.html'], 'does not exist'],
      [['latest', '-o', 'there.html'], '--force'],
    ] as const) {
      const { exit, stderr } = await world.run('report', ...words);
      expect([exit, stderr]).toEqual([2, expect.stringContaining(why)]);
    }
    expect(world.read('there.html')).toBe('older');
  });

  it('refuses a damaged run', async () => {
    const [run = ''] = readdirSync(join(world.directory, '.bamboo-rekey/runs'));
    const journal = `.bamboo-rekey/runs/${run}/journal.jsonl`;
    world.write(journal, world.read(journal).replace('"kind":"outcome"', '"kind":"outcomE"'));
    const { exit, stderr } = await world.run('report', run, '-o', 'r.html');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('RUN_DAMAGED')]);
  });
});
