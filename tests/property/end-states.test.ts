import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundleBin } from '../support/bundled-bin.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { tell } from '../support/sequence-runner.ts';
import { stories } from '../support/stories.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
let world: ScenarioWorld;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 6 });
});

afterAll(() => world.stop());

// A failure prints its seed and path, which `fc.assert` takes to tell the same story again. More of them: end-states.slow.test.ts.
it('any sequence of applies, resumes, rollbacks, kills, interrupts, lost answers, faults and edits leaves what the model allows', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (story) => expect(await tell(story, world, [])).toEqual([])),
    { numRuns: 40, endOnFailure: true },
  );
}, 300_000);
