import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, it } from '@jest/globals';
import { bundleBin, bundleProgram } from '../support/bundled-bin.ts';
import { noteFigure } from '../support/figures.ts';
import { ALPHABET, type Happened } from '../support/sequence-runner.ts';
import type { StoriesTold, StoryOrder, TellerName } from '../support/story-child.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTES = 60_000;
/** Four tellers tell so many each; `npm run soak` has them tell five times as many. */
const EACH = process.env.SOAK === '1' ? 2500 : 500;
/** `STORY_SEED=n` tells the same stories again. */
const SEED = Number(process.env.STORY_SEED ?? Date.now() % 1_000_000_000);
const temporary = temporaryDirectories();
let bin: string;
let program: string;

beforeAll(async () => {
  bin = await bundleBin(temporary());
  program = await bundleProgram(join(import.meta.dirname, '../support/story-child.ts'), temporary());
}, MINUTES);

/** What each teller tells of beside the rest. */
const TELLERS = { form: [], all: [], twins: ['uses of a twin', 'edits of an original'], rotation: [] } as const satisfies Record<TellerName, readonly string[]>;

async function told(teller: TellerName, seed: number): Promise<StoriesTold> {
  const order: StoryOrder = { teller, seed, bin, directory: temporary(), stories: EACH };
  const child = spawn(process.execPath, ['--max-semi-space-size=64', program, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return stdout === '' ? { happened: {}, failure: stderr } : (JSON.parse(stdout) as StoriesTold);
}

function together(parts: readonly Happened[], what: string): number {
  return parts.reduce((sum, part) => sum + (part[what] ?? 0), 0);
}

it(
  `${4 * EACH} random stories leave what the model allows (STORY_SEED=${SEED})`,
  async () => {
    const names = Object.keys(TELLERS) as TellerName[];
    const tellers = await Promise.all(names.map((name, index) => told(name, SEED + index)));
    expect(tellers.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    const parts = tellers.map(({ happened }) => happened);
    // Everything that is to happen does happen, to each of them, and in many stories.
    const rare = names.map((name, index) => [...ALPHABET, ...TELLERS[name]].filter((what) => (parts[index]?.[what] ?? 0) < EACH / 100));
    expect(rare).toEqual(names.map(() => []));
    expect(ALPHABET.filter((what) => together(parts, what) < EACH / 5)).toEqual([]);
    expect(parts.map(({ stories }) => stories)).toEqual(names.map(() => EACH));
    noteFigure({ promises: ['old-or-new', 'converges', 'nothing-else-changed'], what: 'random stories', count: 4 * EACH, seed: SEED });
    for (const what of [...ALPHABET.slice(1), 'uses of a twin'])
      noteFigure({ promises: ['converges', 'old-or-new'], what: `${what} in random stories`, count: together(parts, what), varies: true, seed: SEED });
    process.stdout.write(`${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, parts[index]])))}\n`);
  },
  60 * MINUTES,
);
