import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { DISK_FAULTS, failDisk } from '../support/disk-faults.ts';
import { diskStories } from '../support/disk-stories.ts';
import { noteFigure } from '../support/figures.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
const temporary = temporaryDirectories();
let world: ScenarioWorld;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 4 });
}, MINUTES);

afterAll(() => world.stop());

/** Each call where nothing overlaps; each third one where items do. */
const stories = [...diskStories(1).map((story) => [story.verb, 1, 1, story] as const), ...diskStories(4).map((story) => [story.verb, 4, 3, story] as const)];

describe('a disk that is full, read-only or has no quota left, from any one call on', () => {
  it.each(stories)(
    '%s, %i at a time: writes nothing further to Bamboo, says so, and goes on when the disk is mended',
    async (verb, concurrency, step, story) => {
      const problems: string[] = [];
      let tried = 0;
      for (let met = true; met; tried += 1) {
        const end = await failDisk(world, story, tried * step + 1, DISK_FAULTS[tried % DISK_FAULTS.length] ?? 'ENOSPC');
        problems.push(...end.problems, ...world.leaks());
        met = end.met;
      }
      expect(problems).toEqual([]);
      expect(tried * step).toBeGreaterThan(30);
      const what = `calls to the disk from which on it failed, ${verb}, ${concurrency} at a time`;
      noteFigure({ promises: ['snapshot-and-intent-first', 'converges'], what, count: tried, varies: true });
    },
    10 * MINUTES,
  );
});

describe('a disk that does not take a document', () => {
  it.each([
    ['plan.out', ['plan', '-o', 'plan.out']],
    ['inventory.json', ['inventory', '--format', 'json', '-o', 'inventory.json']],
    ['report.html', ['report', 'plan.json', '-o', 'report.html', '--format', 'html']],
    ['new.yaml', ['init', '--no-input', '-c', 'new.yaml']],
    ['forms', ['doctor', '--capture', 'forms']],
  ] as const)(
    '%s: the command ends with exit 2, names the fault, and leaves the file whole or not at all',
    async (name, words) => {
      world.reset();
      const output = join(world.directory, name);
      const before = world.contents();
      const left: string[] = [];
      let exit: number | null = -1;
      for (let call = 1; exit !== 0; call += 1) {
        rmSync(output, { recursive: true, force: true });
        const code = DISK_FAULTS[call % DISK_FAULTS.length] ?? 'ENOSPC';
        const ended = await world.run(words, { kind: 'disk', from: call, code });
        exit = ended.exit;
        if (exit === 0) continue;
        expect([exit, ended.stderr]).toEqual([2, expect.stringMatching(new RegExp(`\\(${code}\\)[^]*\\(FILE_UNWRITABLE\\)`))]);
        if (name !== 'forms' && existsSync(output)) left.push(readFileSync(output, 'utf8'));
      }
      expect(left.filter((text) => text.slice(-20) !== readFileSync(output, 'utf8').slice(-20))).toEqual([]);
      expect(world.contents()).toEqual(before);
    },
    10 * MINUTES,
  );
});
