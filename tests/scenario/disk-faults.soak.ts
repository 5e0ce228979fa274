import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { openCrashWorld } from '../support/crash-worlds.ts';
import { countDiskWrites, everyCall, failDiskAt } from '../support/disk-faults.ts';
import { DISK_VERBS, diskStory } from '../support/disk-stories.ts';
import { noteFigure } from '../support/figures.ts';
import type { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
const temporary = temporaryDirectories();
let bin: string;
let world: ScenarioWorld;

beforeAll(async () => {
  bin = await bundleBin(temporary());
}, MINUTES);

describe.each(['form', 'import', 'shared credentials', 'twins', 'rotation'] as const)('by "%s"', (name) => {
  beforeAll(async () => {
    world = await openCrashWorld(name, bin, temporary());
  }, 2 * MINUTES);

  afterAll(() => world.stop());

  it.each(DISK_VERBS.flatMap((verb) => [1, 4].map((concurrency) => [verb, concurrency] as const)))(
    'a disk that is full, read-only or has no quota left, from any one call of %s on, %i at a time: nothing further is written to Bamboo, then it goes on',
    async (verb, concurrency) => {
      const story = await diskStory(world, verb, concurrency);
      const { met, problems } = await failDiskAt(world, story, everyCall(await countDiskWrites(world, story)));
      expect(problems).toEqual([]);
      expect(met).toBeGreaterThan(20);
      const what = `calls to the disk from which on it failed, ${verb} (${name}), ${concurrency} at a time, all of them`;
      noteFigure({ promises: ['snapshot-and-intent-first', 'converges'], what, count: met, varies: true });
    },
    60 * MINUTES,
  );
});
