import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import {
  afterChecks,
  applyStage,
  distinctPoints,
  type Kill,
  killEverywhere,
  lastRequest,
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
const temporary = temporaryDirectories();
let bin: string;
let worlds: readonly ScenarioWorld[] = [];

beforeAll(async () => {
  bin = await bundleBin(temporary());
}, MINUTES);

type MakeStage = (world: ScenarioWorld, pace: readonly string[]) => Promise<Stage>;

const STAGES: readonly (readonly [string, MakeStage])[] = [
  ['an apply', applyStage],
  ['a rollback', rollbackStage],
  ['a resume of an apply', async (world, pace) => resumeStage(world, await applyStage(world, pace), 'broken-apply')],
  ['a resume of a rollback', async (world, pace) => resumeStage(world, await rollbackStage(world, pace), 'broken-rollback')],
];

const OBJECTS = ['form', 'import', 'shared credentials', 'twins', 'rotation'] as const satisfies readonly WorldName[];

async function stagesIn(make: MakeStage, concurrency: number): Promise<Stage[]> {
  return await Promise.all(worlds.map((world) => make(world, ['--concurrency', String(concurrency)])));
}

async function killAll(stages: readonly Stage[], numbers: readonly number[], unsynced: Kill['unsynced']): Promise<string[]> {
  return await killEverywhere(
    worlds,
    stages,
    numbers.map((at) => ({ at, unsynced, again: at % 4 === 0 })),
  );
}

async function pointsAt(stages: readonly Stage[]): Promise<string[]> {
  return await pointsOf(worlds[0] as ScenarioWorld, stages[0] as Stage);
}

function note(what: string, count: number): void {
  noteFigure({
    promises: ['old-or-new', 'snapshot-and-intent-first', 'converges', 'nothing-else-changed'],
    what: `points killed in ${what}`,
    count,
    varies: true,
  });
}

describe.each(OBJECTS)('by "%s"', (name) => {
  beforeAll(async () => {
    worlds = await Promise.all([temporary(), temporary()].map((directory) => openCrashWorld(name, bin, directory)));
  }, MINUTES);

  afterAll(() => Promise.all(worlds.map((world) => world.stop())));

  // What comes before the run is made only reads and takes the lock, whatever is to be written.
  if (name === 'form')
    it(
      'kill -9 at every point of the lock and the checks before an apply, then the same command',
      async () => {
        const stages = await stagesIn(applyStage, 1);
        const points = await pointsAt(stages);
        const numbers = distinctPoints(points).filter((number) => number < afterChecks(points));
        expect(numbers.length).toBeGreaterThan(20);
        expect(await killAll(stages, numbers, 'lost')).toEqual([]);
        note('the lock and the checks', numbers.length);
      },
      30 * MINUTES,
    );

  it.each(STAGES)(
    'kill -9 at every point of %s after its checks, one item at a time, and the disk forgets what was not synced; then resume',
    async (what, make) => {
      const stages = await stagesIn(make, 1);
      const points = await pointsAt(stages);
      const numbers = distinctPoints(points).filter((number) => number >= afterChecks(points));
      expect(numbers.length).toBeGreaterThan(20);
      expect(await killAll(stages, numbers, 'lost')).toEqual([]);
      note(`${what} (${name}), all of them`, numbers.length);
    },
    60 * MINUTES,
  );

  if (name === 'form')
    it.each(STAGES)(
      'kill -9 at every point of %s after its checks, four items at a time, and the disk keeps everything; then resume',
      async (what, make) => {
        const stages = await stagesIn(make, 4);
        const points = await pointsAt(stages);
        const numbers = points.map((_, number) => number).slice(afterChecks(points), lastRequest(points));
        expect(numbers.length).toBeGreaterThan(20);
        expect(await killAll(stages, numbers, 'kept')).toEqual([]);
        note(`${what} (${name}), four items at a time`, numbers.length);
      },
      60 * MINUTES,
    );
});
