import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { applyStage, killEverywhere, pointsOf, pointsOfItems, resumeStage, rollbackStage, type Stage } from '../support/crash-matrix.ts';
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
  ['apply', applyStage],
  ['rollback', rollbackStage],
  ['resume of an apply', async (world, pace) => resumeStage(world, await applyStage(world, pace), 'broken-apply')],
  ['resume of a rollback', async (world, pace) => resumeStage(world, await rollbackStage(world, pace), 'broken-rollback')],
];

async function stagesIn(make: MakeStage, concurrency: number): Promise<Stage[]> {
  return await Promise.all(worlds.map((world) => make(world, ['--concurrency', String(concurrency)])));
}

describe.each(STAGES)('kill -9 at every point of %s, then resume', (_name, make) => {
  it(
    'one item at a time, and the disk forgets what was not synced',
    async () => {
      const stages = await stagesIn(make, 1);
      const points = await pointsOf(worlds[0] as ScenarioWorld, stages[0] as Stage);
      const kills = points.map((_point, at) => ({ at, unsynced: 'lost' as const, again: at % 4 === 0 }));
      expect(kills.length).toBeGreaterThan(100);
      expect(await killEverywhere(worlds, stages, kills)).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'four items at a time, and the disk keeps everything',
    async () => {
      const stages = await stagesIn(make, 4);
      const points = await pointsOf(worlds[0] as ScenarioWorld, stages[0] as Stage);
      const kills = pointsOfItems(points).map((at) => ({ at, unsynced: 'kept' as const, again: at % 4 === 0 }));
      expect(kills.length).toBeGreaterThan(40);
      expect(await killEverywhere(worlds, stages, kills)).toEqual([]);
    },
    10 * MINUTES,
  );
});
