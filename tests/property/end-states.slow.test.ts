import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundleBin } from '../support/bundled-bin.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { stories, tell } from '../support/sequence-runner.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
/** `npm run soak` tells 2,000. */
const STORIES = process.env.SOAK === '1' ? 2000 : 200;
const temporary = temporaryDirectories();
let world: ScenarioWorld;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 6 });
}, MINUTES);

afterAll(() => world.stop());

it(
  'random stories leave what the model allows',
  async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => expect(await tell(story, world)).toEqual([])),
      { numRuns: STORIES, endOnFailure: true },
    );
  },
  60 * MINUTES,
);
