import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, it } from '@jest/globals';
import { bundleBin, bundleProgram } from '../support/bundled-bin.ts';
import { noteFigure } from '../support/figures.ts';
import { ALPHABET, type Happened } from '../support/sequence-runner.ts';
import type { StoriesTold, StoryOrder } from '../support/story-child.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
/** Two tellers tell so many each; `npm run soak` has them tell five times as many. */
const STORIES = process.env.SOAK === '1' ? 5000 : 1000;
/** `STORY_SEED=n` tells the same stories again. */
const SEED = Number(process.env.STORY_SEED ?? Date.now() % 1_000_000_000);
const temporary = temporaryDirectories();
let bin: string;
let program: string;

beforeAll(async () => {
  bin = await bundleBin(temporary());
  program = await bundleProgram(join(import.meta.dirname, '../support/story-child.ts'), temporary());
}, MINUTES);

async function told(order: Pick<StoryOrder, 'routes' | 'seed'>): Promise<StoriesTold> {
  const whole: StoryOrder = { ...order, bin, directory: temporary(), stories: STORIES };
  const child = spawn(process.execPath, ['--max-semi-space-size=64', program, JSON.stringify(whole)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return stdout === '' ? { happened: {}, failure: stderr } : (JSON.parse(stdout) as StoriesTold);
}

function together(parts: readonly Happened[]): Happened {
  return Object.fromEntries(ALPHABET.map((what) => [what, parts.reduce((sum, part) => sum + (part[what] ?? 0), 0)]));
}

it(
  `${2 * STORIES} random stories leave what the model allows (STORY_SEED=${SEED})`,
  async () => {
    const tellers = await Promise.all([told({ routes: 'form', seed: SEED }), told({ routes: 'all', seed: SEED + 1 })]);
    expect(tellers.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    const happened = together(tellers.map((each) => each.happened));
    expect(happened.stories).toBe(2 * STORIES);
    // Everything that is to happen does happen, in many of them.
    expect(ALPHABET.filter((what) => (happened[what] ?? 0) < STORIES / 10)).toEqual([]);
    noteFigure({ promises: ['old-or-new', 'converges', 'nothing-else-changed'], what: 'random stories', count: 2 * STORIES, seed: SEED });
    for (const what of ALPHABET.slice(1))
      noteFigure({ promises: ['converges', 'old-or-new'], what: `${what} in random stories`, count: happened[what] ?? 0, varies: true, seed: SEED });
    process.stdout.write(`${JSON.stringify(happened)}\n`);
  },
  60 * MINUTES,
);
