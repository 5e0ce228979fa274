import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { applyStage, isSave, killEverywhere, pointsOf, resumeStage, rollbackStage, type Stage, samplePoints } from '../support/crash-matrix.ts';
import { noteFigure } from '../support/figures.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const PACE = ['--concurrency', '1'];
const temporary = temporaryDirectories();
let world: ScenarioWorld;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 4 });
});

afterAll(async () => {
  noteFigure({ promises: ['nothing-else-changed'], what: 'settings compared around kills', count: world.compared, varies: true });
  await world.stop();
});

/** Every third one is also run once more after it has recovered. */
async function killSome(stage: Stage, sample: Parameters<typeof samplePoints>[1]): Promise<string[]> {
  const numbers = samplePoints(await pointsOf(world, stage), sample);
  const kills = numbers.map((at, index) => ({ at, unsynced: index % 4 === 3 ? ('kept' as const) : ('lost' as const), again: index % 3 === 0 }));
  return await killEverywhere([world], [stage], kills);
}

describe('kill -9 at some of the points, then resume (all of them: npm run soak)', () => {
  it('meets every request and every call to the disk, without a list of them', async () => {
    const points = await pointsOf(world, await applyStage(world, PACE));
    expect(world.transitions.length).toBeGreaterThanOrEqual(3);
    expect(points.filter(isSave)).toHaveLength(2 * world.transitions.length);
    expect(points.filter((point) => /^after syncData .*journal\.jsonl$/.test(point)).length).toBeGreaterThanOrEqual(2 * world.transitions.length + 2);
    expect(points.length).toBeGreaterThan(150);
  });

  it('leaves an apply with old or new pairs only, and resume brings all to the new ones', async () => {
    expect(await killSome(await applyStage(world, PACE), { before: 2, after: 1, others: 4 })).toEqual([]);
  }, 120_000);

  it('leaves a rollback with old or new pairs only, and resume brings all back to the old ones', async () => {
    expect(await killSome(await rollbackStage(world, PACE), { before: 0, after: 0, others: 2 })).toEqual([]);
  }, 120_000);

  it('leaves a resume with old or new pairs only, and the next resume brings all to the new ones', async () => {
    expect(await killSome(await resumeStage(world, await applyStage(world, PACE), 'broken'), { before: 1, after: 0, others: 2 })).toEqual([]);
  }, 120_000);
});
