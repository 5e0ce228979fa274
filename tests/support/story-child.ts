import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { shareCredentials } from './crash-worlds.ts';
import { ScenarioWorld } from './scenario-world.ts';
import { type Happened, stories, tell } from './sequence-runner.ts';

/** What a teller of stories is told, and what it tells at its end, both as JSON. */
export interface StoryOrder {
  readonly bin: string;
  readonly directory: string;
  readonly seed: number;
  readonly stories: number;
  /** Repositories by their forms alone; or also by import, and shared credentials. */
  readonly routes: 'form' | 'all';
}

/** What it tells. */
export interface StoriesTold {
  readonly happened: Happened;
  /** How to tell the first story again that did not hold; absent when all did. */
  readonly failure?: string;
}

const { positionals } = parseArgs({ allowPositionals: true });
const order = JSON.parse(positionals[0] ?? '') as StoryOrder;
const world = await ScenarioWorld.open(order.bin, order.directory, {
  repositories: 6,
  ...(order.routes === 'all' ? { home: true, prepare: shareCredentials } : {}),
});
const happened: Happened = {};
const property = fc.asyncProperty(stories, async (story) => {
  const problems = await tell(story, world, happened);
  if (problems.length > 0) throw new TypeError(problems.join('\n'));
});
const run = await fc.check(property, { numRuns: order.stories, seed: order.seed, endOnFailure: true });
const told: StoriesTold = { happened, ...(run.failed ? { failure: (await fc.asyncDefaultReportMessage(run)) ?? '' } : {}) };
await world.stop();
process.stdout.write(JSON.stringify(told));
