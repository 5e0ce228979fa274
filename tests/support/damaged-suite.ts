import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCrashWorld, type WorldName } from './crash-worlds.ts';
import { type Damage, type DamagedEnd, DamagedRun, flip, inLines, RUN_FILES, type RunFile, type RunVerb, whereIn } from './damaged-run.ts';
import { noteFigure } from './figures.ts';

/** Lines that are not what was written, though each of them may be whole. */
const LINE_DAMAGES: readonly (readonly [file: RunFile, how: string, damage: Damage])[] = [
  ['journal.jsonl', 'has lost a line in its middle', inLines((lines) => lines.toSpliced(1, 1))],
  ['journal.jsonl', 'has a bad line in its middle', inLines((lines) => lines.with(1, '{"kind":"intent"}'))],
  ['snapshot.jsonl', 'has lost its first line', inLines((lines) => lines.slice(1))],
  ['snapshot.jsonl', 'has its lines in another order', inLines((lines) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)])],
];

/** What is tried in one world: verbs, and how many times each of them meets a bit turned and a cut. */
export interface DamageOrder {
  readonly world: WorldName;
  readonly verbs: readonly RunVerb[];
  readonly times: number;
  readonly place: () => Promise<{ readonly bin: string; readonly directory: string }>;
}

/** The tests of an apply in that world that was killed, and whose files are then damaged. */
export function damageSuite({ world: name, verbs, times, place }: DamageOrder): void {
  let damaged: DamagedRun;

  beforeAll(async () => {
    const { bin, directory } = await place();
    damaged = await DamagedRun.in(await openCrashWorld(name, bin, directory));
  }, 120_000);

  afterAll(() => damaged.world.stop());

  const expectRefusal = ({ exit, saves, printed, held }: DamagedEnd): void => {
    // A snapshot that is named as a file may be no text at all.
    expect([exit, saves, printed]).toEqual([2, 0, expect.stringMatching(/\((RUN_DAMAGED|FILE_UNREADABLE)\)/)]);
    expect(held).toEqual(damaged.held);
  };

  it.each(verbs.flatMap((verb) => LINE_DAMAGES.filter(([file]) => filesOf(verb).includes(file)).map((each) => [verb, ...each] as const)))(
    '%s stops before anything is written where %s %s',
    async (verb, file, _how, damage) => expectRefusal(await damaged.goOn(verb, file, damage)),
    120_000,
  );

  it.each(verbs)(
    '%s writes nothing by a file with one bit turned, wherever that is',
    async (verb) => {
      const flips = fc.record({ file: fc.constantFrom(...filesOf(verb)), where: whereIn, bit: fc.nat({ max: 7 }) });
      await fc.assert(
        fc.asyncProperty(flips, async ({ file, where, bit }) => {
          const end = await damaged.goOn(verb, file, flip(where, bit));
          // When a plan was made is the one thing in it that nothing rests on.
          if (damaged.hasOtherDate()) expect(end.problems).toEqual([]);
          else expectRefusal(end);
        }),
        { numRuns: times },
      );
      noteFigure({ promises: ['fails-closed'], what: `bits turned in the files of a run (${name})`, count: times });
    },
    300_000,
  );

  it.each(verbs)(
    '%s of a run with a file that ends too early, wherever that is, stops, or leaves old or new only',
    async (verb) => {
      const cuts = fc.record({ file: fc.constantFrom(...filesOf(verb)), where: whereIn });
      await fc.assert(
        fc.asyncProperty(cuts, async ({ file, where }) => {
          const end = await damaged.goOn(verb, file, (bytes) => bytes.subarray(0, Math.floor(where * bytes.length)));
          expect([end.problems, end.printed]).toEqual([[], expect.not.stringContaining('(INTERNAL)')]);
          if (end.exit === 2) expect([end.saves, end.held]).toEqual([0, damaged.held]);
          else if (verb === 'resume') expect([end.exit, [...new Set(damaged.world.keys.map((key) => end.held.get(key)))]]).toEqual([0, ['new']]);
        }),
        { numRuns: times },
      );
      noteFigure({ promises: ['fails-closed'], what: `cuts of the files of a run (${name})`, count: times });
    },
    300_000,
  );

  it.each(['journal.jsonl', 'snapshot.jsonl'] as const)(
    'resume of a run brings everything to its end, wherever the last line of %s is torn',
    async (file) => {
      const length = damaged.kept(file).toString('latin1').split('\n').at(-2)?.length ?? 0;
      for (const torn of [1, Math.floor(length / 2), length]) {
        const { exit, problems, held } = await damaged.goOn('resume', file, (bytes) => bytes.subarray(0, bytes.length - torn));
        expect([exit, problems, damaged.world.keys.map((key) => held.get(key))]).toEqual([0, [], damaged.world.keys.map(() => 'new')]);
      }
    },
    120_000,
  );
}

function filesOf(verb: RunVerb): readonly RunFile[] {
  return verb === 'rollback --snapshot' ? ['snapshot.jsonl'] : RUN_FILES;
}
