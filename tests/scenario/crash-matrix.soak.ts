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
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
const temporary = temporaryDirectories();
let worlds: readonly ScenarioWorld[] = [];

beforeAll(async () => {
  const bin = await bundleBin(temporary());
  worlds = await Promise.all([temporary(), temporary()].map((directory) => ScenarioWorld.open(bin, directory, { repositories: 4 })));
}, MINUTES);

afterAll(() => Promise.all(worlds.map((world) => world.stop())));

type MakeStage = (world: ScenarioWorld, pace: readonly string[]) => Promise<Stage>;

const STAGES: readonly (readonly [string, MakeStage])[] = [
  ['an apply', applyStage],
  ['a rollback', rollbackStage],
  ['a resume of an apply', async (world, pace) => resumeStage(world, await applyStage(world, pace), 'broken-apply')],
  ['a resume of a rollback', async (world, pace) => resumeStage(world, await rollbackStage(world, pace), 'broken-rollback')],
];

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

describe('kill -9 at every point of the lock and the checks before an apply, then the same command', () => {
  it(
    'from the first look at the state directory on, and the disk forgets what was not synced',
    async () => {
      const stages = await stagesIn(applyStage, 1);
      const points = await pointsAt(stages);
      const numbers = distinctPoints(points).filter((number) => number < afterChecks(points));
      expect(numbers.length).toBeGreaterThan(20);
      expect(await killAll(stages, numbers, 'lost')).toEqual([]);
    },
    30 * MINUTES,
  );
});

describe.each(STAGES)('kill -9 at every point of %s after its checks, then resume', (_name, make) => {
  it(
    'one item at a time, and the disk forgets what was not synced',
    async () => {
      const stages = await stagesIn(make, 1);
      const points = await pointsAt(stages);
      const numbers = distinctPoints(points).filter((number) => number >= afterChecks(points));
      expect(numbers.length).toBeGreaterThan(20);
      expect(await killAll(stages, numbers, 'lost')).toEqual([]);
    },
    30 * MINUTES,
  );

  it(
    'four items at a time, and the disk keeps everything',
    async () => {
      const stages = await stagesIn(make, 4);
      const points = await pointsAt(stages);
      const numbers = points.map((_, number) => number).slice(afterChecks(points), lastRequest(points));
      expect(numbers.length).toBeGreaterThan(40);
      expect(await killAll(stages, numbers, 'kept')).toEqual([]);
    },
    30 * MINUTES,
  );
});
