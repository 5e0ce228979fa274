import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { everyNth } from '../support/crash-matrix.ts';
import { openCrashWorld, type WorldName } from '../support/crash-worlds.ts';
import { countDiskWrites, DISK_FAULTS, everyCall, failDiskAt } from '../support/disk-faults.ts';
import { DISK_VERBS, diskStory } from '../support/disk-stories.ts';
import { noteFigure } from '../support/figures.ts';
import type { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
/** `DISK_SEED=n` fails the same calls again in the same way. */
const SEED = Number(process.env.DISK_SEED ?? Date.now() % 1_000_000);
/** Of the calls in the worlds beside that of forms, so many are left out between two. */
const NTH = 10;
const temporary = temporaryDirectories();
let bin: string;
let world: ScenarioWorld;

beforeAll(async () => {
  bin = await bundleBin(temporary());
}, MINUTES);

/** Opens one of the worlds for the tests of its own. */
function inWorld(name: WorldName): void {
  beforeAll(async () => {
    world = await openCrashWorld(name, bin, temporary());
  }, 2 * MINUTES);

  afterAll(() => world.stop());
}

describe('a disk that is full, read-only or has no quota left, from any one call on', () => {
  inWorld('form');

  // Each call where nothing overlaps, each third one where items do.
  it.each(DISK_VERBS.flatMap((verb) => [[verb, 1, 1] as const, [verb, 4, 3] as const]))(
    '%s, %i at a time: writes nothing further to Bamboo, says so, and goes on when the disk is mended',
    async (verb, concurrency, step) => {
      const story = await diskStory(world, verb, concurrency);
      const calls = everyCall(await countDiskWrites(world, story), step);
      const { met, problems } = await failDiskAt(world, story, calls);
      expect(problems).toEqual([]);
      expect(calls.length * step).toBeGreaterThan(30);
      const what = `calls to the disk from which on it failed, ${verb}, ${concurrency} at a time`;
      noteFigure({ promises: ['snapshot-and-intent-first', 'converges'], what, count: met, varies: true });
    },
    10 * MINUTES,
  );
});

describe.each(['import', 'shared credentials', 'twins', 'rotation'] as const)(
  `the same for a run by "%s", from some of its calls on (all of them: npm run soak; DISK_SEED=${SEED})`,
  (name) => {
    inWorld(name);

    it.each(DISK_VERBS)(
      '%s',
      async (verb) => {
        const story = await diskStory(world, verb, 1);
        const calls = everyNth(everyCall(await countDiskWrites(world, story)), NTH, SEED);
        const { met, problems } = await failDiskAt(world, story, calls, SEED);
        expect(problems).toEqual([]);
        expect(met).toBeGreaterThan(0);
        const what = `calls to the disk from which on it failed, ${verb} (${name}), a sample`;
        noteFigure({ promises: ['snapshot-and-intent-first', 'converges'], what, count: met, varies: true, seed: SEED });
      },
      10 * MINUTES,
    );
  },
);

describe('a disk that does not take a document', () => {
  inWorld('form');

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
