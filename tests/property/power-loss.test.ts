import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JournalEntry } from '../../src/core/journal.ts';
import type { FileSystem } from '../../src/store/file-system.ts';
import { intercept, systemError } from '../support/intercept.ts';
import { LosingFileSystem } from '../support/losing-file-system.ts';
import { sampleChange, samplePlan } from '../support/sample-plan.ts';
import { changed, intent, snapshotOf, started } from '../support/sample-run.ts';
import { sampleStore } from '../support/sample-store.ts';

const plan = samplePlan(Array.from({ length: 6 }, (_, number) => sampleChange(number)));
const KEYS = plan.changes.map((change) => `repository:${change.id}`);

/** What a run may rely on: everything acknowledged, in the order in which it was asked for. */
interface Told {
  created: boolean;
  readonly asked: JournalEntry[];
  readonly journal: JournalEntry[];
  readonly snapshots: string[];
  summary: boolean;
}

/** Writes a run as `apply` does, three items at a time, and notes what was acknowledged before the disk failed. */
async function writeRun(fileSystem: FileSystem): Promise<Told> {
  const told: Told = { created: false, asked: [], journal: [], snapshots: [], summary: false };
  const store = sampleStore('/state', { fileSystem });
  const work = async () => {
    const files = await store.create('run-1', plan);
    told.created = true;
    const journal = async (entry: JournalEntry) => {
      told.asked.push(entry);
      await files.journal(entry);
      told.journal.push(entry);
    };
    const one = async (key: string) => {
      await files.snapshot(snapshotOf(key));
      told.snapshots.push(key);
      await journal(intent(key));
      await journal(changed(key));
    };
    await journal(started('run-1', plan));
    for (const group of [KEYS.slice(0, 3), KEYS.slice(3)]) {
      const failed = (await Promise.allSettled(group.map(one))).find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
    await files.summary('{}');
    told.summary = true;
    await files.close();
  };
  await work().catch((thrown: unknown) => {
    expect(thrown).toMatchObject({ code: expect.stringMatching(/^(DISK_FAILED|FILE_UNWRITABLE|FILE_UNREADABLE)$/) });
  });
  return told;
}

/** From this call on nothing gets through to the disk any more. */
function failingFrom(disk: FileSystem, call: number): FileSystem {
  let calls = 0;
  return intercept(disk, async (_step, act) => {
    calls += 1;
    if (calls > call) throw systemError('ENOSPC');
    return await act();
  });
}

async function countCalls(): Promise<number> {
  let calls = 0;
  const told = await writeRun(
    intercept(new LosingFileSystem(), (_step, act) => {
      calls += 1;
      return act();
    }),
  );
  expect(told).toMatchObject({ created: true, summary: true });
  return calls;
}

/** Whatever the disk is found to hold must contain all that was acknowledged, and nothing that was not asked for. */
async function expectTrue(disk: LosingFileSystem, told: Told): Promise<void> {
  const store = sampleStore('/state', { fileSystem: disk });
  const runs = await store.list();
  if (!told.created) expect([[], ['run-1']]).toContainEqual(runs);
  if (!runs.includes('run-1')) return expect(told.created).toBe(false);
  const stored = await store.read('run-1');
  expect(stored.plan).toEqual(plan);
  expect(stored.journal).toEqual(told.asked.slice(0, stored.journal.length));
  expect(stored.journal.slice(0, told.journal.length)).toEqual(told.journal);
  expect(stored.snapshots.map(({ key }) => key)).toEqual(expect.arrayContaining(told.snapshots));
  if (told.summary) expect(await disk.read('/state/runs/run-1/summary.json')).toBeDefined();

  const files = await store.reopen('run-1');
  await files.journal(intent(KEYS[0] ?? ''));
  await files.close();
  expect((await store.read('run-1')).journal).toEqual([...stored.journal, intent(KEYS[0] ?? '')]);
}

describe('a run that the power leaves', () => {
  it('keeps all that was acknowledged, at every call to the disk, when the disk keeps nothing unsynced', async () => {
    const calls = await countCalls();
    for (let call = 0; call <= calls; call += 1) {
      const disk = new LosingFileSystem();
      const told = await writeRun(failingFrom(disk, call));
      await expectTrue(disk.afterPowerLoss(), told);
    }
  });

  it('keeps all that was acknowledged, whatever part of the rest the disk kept', async () => {
    const calls = await countCalls();
    await fc.assert(
      fc.asyncProperty(fc.nat(calls), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (call, luck) => {
        const disk = new LosingFileSystem();
        const told = await writeRun(failingFrom(disk, call));
        await expectTrue(
          disk.afterPowerLoss(() => luck.next().value),
          told,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a run on a disk that is full for one moment', () => {
  it('ends with the named failure at whichever call that was, and what it acknowledged can be read', async () => {
    const calls = await countCalls();
    for (const code of ['ENOSPC', 'EROFS']) {
      for (let call = 1; call <= calls; call += 1) {
        const disk = new LosingFileSystem();
        let count = 0;
        const told = await writeRun(
          intercept(disk, async (_step, act) => {
            count += 1;
            if (count === call) throw systemError(code);
            return await act();
          }),
        );
        await expectTrue(disk, told);
      }
    }
  });
});
