import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { openCrashWorld, shareCredentials } from './crash-worlds.ts';
import { ScenarioWorld } from './scenario-world.ts';
import { type Happened, tell, wholeTwins } from './sequence-runner.ts';
import { stories } from './stories.ts';

/** What its stories are about: repositories by their forms; or also by import, with shared credentials; twins; a rotation. */
export type TellerName = 'form' | 'all' | 'twins' | 'rotation';

/** What a teller of stories is told, and what it tells at its end, both as JSON. */
export interface StoryOrder {
  readonly bin: string;
  readonly directory: string;
  readonly seed: number;
  readonly stories: number;
  readonly teller: TellerName;
}

/** What it tells. */
export interface StoriesTold {
  readonly happened: Happened;
  /** How to tell the first story again that did not hold; absent when all did. */
  readonly failure?: string;
}

const { positionals } = parseArgs({ allowPositionals: true });
const order = JSON.parse(positionals[0] ?? '') as StoryOrder;
const world = await opened(order);
const twins = await wholeTwins(world);
const happened: Happened = {};
const property = fc.asyncProperty(stories, async (story) => {
  const problems = await tell(story, world, twins, happened);
  if (problems.length > 0) throw new TypeError(problems.join('\n'));
});
const run = await fc.check(property, { numRuns: order.stories, seed: order.seed, endOnFailure: true, includeErrorInReport: true });
const told: StoriesTold = { happened, ...(run.failed ? { failure: (await fc.asyncDefaultReportMessage(run)) ?? '' } : {}) };
await world.stop();
process.stdout.write(JSON.stringify(told));

async function opened({ teller, bin, directory }: StoryOrder): Promise<ScenarioWorld> {
  switch (teller) {
    case 'form':
      return await ScenarioWorld.open(bin, directory, { repositories: 6 });
    case 'all':
      return await ScenarioWorld.open(bin, directory, { repositories: 6, home: true, prepare: shareCredentials });
    case 'twins':
    case 'rotation':
      return await openCrashWorld(teller, bin, directory);
  }
}
