import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { bundleBin } from '../support/bundled-bin.ts';
import { type InProcessEnd, runInProcess } from '../support/in-process.ts';
import { isSavePath } from '../support/saves.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
jest.setTimeout(120_000);
/** In the middle of the writes of an apply, one at a time. */
const IN_THE_MIDDLE = 140;
let world: ScenarioWorld;
let run: string;
let held: ReadonlyMap<string, 'old' | 'new'>;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 4 });
  await runInProcess(world.directory, { verb: 'apply', subject: 'plan.json', concurrency: 1 }, { kind: 'kill', at: IN_THE_MIDDLE, unsynced: 'kept' });
  run = world.runs().at(-1) ?? '';
  held = world.judge().held;
  world.keepState('killed');
});

afterAll(() => world.stop());

const pathOf = (name: string): string => join(world.directory, '.bamboo-rekey/runs', run, name);

/** Brings back what the kill left, but for one file of the run, and goes on by a verb. */
async function goOn(verb: 'resume' | 'rollback', name: string, damage: (bytes: Buffer) => Buffer): Promise<InProcessEnd> {
  world.reset('killed', held);
  writeFileSync(pathOf(name), damage(readFileSync(pathOf(name))));
  return await runInProcess(world.directory, { verb, subject: run, concurrency: 2 }, { kind: 'none' });
}

const saves = (): number => world.simulator.requests().filter(({ method, path }) => method === 'POST' && isSavePath(path)).length;

function expectRefusal({ exit, printed }: InProcessEnd): void {
  expect([exit, saves(), printed]).toEqual([2, 0, expect.stringContaining('(RUN_DAMAGED)')]);
  expect(world.judge().held).toEqual(held);
}

const linesOf = (bytes: Buffer): string[] => bytes.toString('latin1').split('\n');

describe.each(['resume', 'rollback'] as const)('%s of a run whose files are not what was written', (verb) => {
  it.each([
    ['journal.jsonl', 'has lost a line in its middle', (lines: string[]) => lines.toSpliced(1, 1)],
    ['journal.jsonl', 'has a bad line in its middle', (lines: string[]) => lines.with(1, '{"kind":"intent"}')],
    ['snapshot.jsonl', 'has lost its first line', (lines: string[]) => lines.slice(1)],
    ['snapshot.jsonl', 'has its lines in another order', (lines: string[]) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]],
  ] as const)('stops before anything is written where %s %s', async (name, _how, damage) => {
    expectRefusal(await goOn(verb, name, (bytes) => Buffer.from(damage(linesOf(bytes)).join('\n'), 'latin1')));
  });

  it('writes nothing by a file with one bit turned, wherever that is', async () => {
    const damages = fc.record({
      name: fc.constantFrom('plan.json', 'journal.jsonl', 'snapshot.jsonl'),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bit: fc.nat({ max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(damages, async ({ name, at, bit }) => {
        // The last line break is left out: without it the last line counts as torn. So is the time at which the plan was made, which nothing rests on.
        const size = readFileSync(join(world.directory, 'killed/runs', run, name)).length - 1;
        const position = Math.floor(at * size);
        const ended = await goOn(verb, name, (bytes) => {
          bytes[position] = (bytes[position] ?? 0) ^ (1 << bit);
          return bytes;
        });
        if (ended.exit === 0) expect(createdAtOf(pathOf(name))).not.toBe(createdAtOf(join(world.directory, 'killed/runs', run, name)));
        else expectRefusal(ended);
      }),
      { numRuns: 60 },
    );
  });
});

function createdAtOf(path: string): unknown {
  return path.endsWith('plan.json') ? (JSON.parse(readFileSync(path, 'utf8')) as { createdAt: string }).createdAt : undefined;
}

describe('resume of a run whose last line is torn', () => {
  it.each(['journal.jsonl', 'snapshot.jsonl'])('brings everything to its end, wherever %s is torn', async (name) => {
    const length = linesOf(readFileSync(join(world.directory, 'killed/runs', run, name))).at(-2)?.length ?? 0;
    for (const torn of [1, Math.floor(length / 2), length]) {
      const { exit } = await goOn('resume', name, (bytes) => bytes.subarray(0, bytes.length - torn));
      const now = world.judge();
      expect([exit, now.problems, world.keys.map((key) => now.held.get(key))]).toEqual([0, [], world.keys.map(() => 'new')]);
    }
  });
});
