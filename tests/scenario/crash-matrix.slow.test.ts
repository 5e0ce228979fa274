import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import {
  afterChecks,
  applyStage,
  distinctPoints,
  everyNth,
  isSave,
  killEverywhere,
  pointsOf,
  resumeStage,
  rollbackStage,
  type Stage,
} from '../support/crash-matrix.ts';
import { openCrashWorld, type WorldName } from '../support/crash-worlds.ts';
import { noteFigure } from '../support/figures.ts';
import type { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
const PACE = ['--concurrency', '1'];
/** `CRASH_SEED=n` kills at the same points again. */
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const temporary = temporaryDirectories();
let bin: string;

beforeAll(async () => {
  bin = await bundleBin(temporary());
}, MINUTES);

/** The way back in each world, made once. */
const backs = new Map<ScenarioWorld, Promise<Stage>>();

async function back(world: ScenarioWorld): Promise<Stage> {
  const made = backs.get(world) ?? rollbackStage(world, PACE);
  backs.set(world, made);
  return await made;
}

/** A stage, and every which of its points is taken. */
type Sample = readonly [stage: string, make: (world: ScenarioWorld) => Promise<Stage>, nth: number];

const APPLY: Sample = ['an apply', (world) => applyStage(world, PACE), 18];
const ROLLBACK: Sample = ['a rollback', (world) => back(world), 26];
const RESUME: Sample = ['a resume of an apply', async (world) => resumeStage(world, await applyStage(world, PACE), 'broken-apply'), 22];

const RESUME_BACK: Sample = ['a resume of a rollback', async (world) => resumeStage(world, await back(world), 'broken-rollback'), 34];

const OBJECTS = ['import', 'shared credentials', 'twins', 'rotation'] as const satisfies readonly WorldName[];

describe.each(OBJECTS)(`kill -9 at some of the points of a run by "%s", then resume (all of them: npm run soak; CRASH_SEED=${SEED})`, (name) => {
  let world: ScenarioWorld;

  beforeAll(async () => {
    world = await openCrashWorld(name, bin, temporary());
  }, MINUTES);

  afterAll(async () => {
    noteFigure({ promises: ['nothing-else-changed'], what: 'settings compared around kills', count: world.compared, varies: true });
    await world.stop();
  });

  it.each([APPLY, ROLLBACK, RESUME, RESUME_BACK])(
    '%s leaves old or new only, and ends as it should',
    async (what, make, nth) => {
      const stage = await make(world);
      const points = await pointsOf(world, stage);
      expect(points.filter(isSave).length).toBeGreaterThan(0);
      const numbers = distinctPoints(points).filter((number) => number >= afterChecks(points));
      const taken = everyNth(numbers, nth, SEED);
      const kills = taken.map((at, index) => ({ at, unsynced: 'lost' as const, again: index % 4 === 0 }));
      expect(await killEverywhere([world], [stage], kills)).toEqual([]);
      noteFigure({
        promises: ['old-or-new', 'converges'],
        what: `points killed in ${what} (${name}), a sample`,
        count: taken.length,
        varies: true,
        seed: SEED,
      });
    },
    10 * MINUTES,
  );
});
