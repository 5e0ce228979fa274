import { beforeAll, describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../src/core/errors.ts';
import { JournalEntry } from '../../src/core/journal.ts';
import { readLines } from '../../src/core/line-codec.ts';
import { decodePlan } from '../../src/core/plan-codec.ts';
import { SnapshotEntry } from '../../src/core/snapshot.ts';
import { writeNew } from '../../src/store/write-durably.ts';
import { LosingFileSystem } from '../support/losing-file-system.ts';
import { planText, sampleChange, samplePlan } from '../support/sample-plan.ts';
import { changed, finished, intent, snapshotOf, started } from '../support/sample-run.ts';
import { sampleStore } from '../support/sample-store.ts';

const plan = samplePlan();
const [A, B] = ['repository:101', 'repository:102'];
const JOURNAL = [started('run-1', plan), intent(A), changed(A), finished(5)];
const SNAPSHOTS = [snapshotOf(A), snapshotOf(B)];
const file: Record<string, string> = {};

/** Every single-bit flip of every byte. */
function* flips(bytes: Buffer): Generator<readonly [position: number, damaged: Buffer]> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const damaged = Buffer.from(bytes);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield [bit >> 3, damaged];
  }
}

/** The entries, or the code of the refusal. */
function attempt<T>(read: () => T): T | string {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof RekeyError) return thrown.code;
    throw thrown;
  }
}

const disk = new LosingFileSystem();
const store = sampleStore('/state', { fileSystem: disk });
const pathOf = (name: string) => `/state/runs/run-1/${name}`;

async function textIn(name: string): Promise<string> {
  return Buffer.from(await disk.read(pathOf(name))).toString('latin1');
}

beforeAll(async () => {
  const files = await store.create('run-1', plan);
  for (const entry of JOURNAL) await files.journal(entry);
  for (const entry of SNAPSHOTS) await files.snapshot(entry);
  await files.close();
  for (const name of ['journal.jsonl', 'snapshot.jsonl']) file[name] = await textIn(name);
});

describe.each([
  ['journal.jsonl', JournalEntry, JOURNAL],
  ['snapshot.jsonl', SnapshotEntry, SNAPSHOTS],
] as const)('%s', (name, schema, entries) => {
  it('torn at every byte of its last line loses that line alone, and can be written on', async () => {
    const text = file[name] ?? '';
    const lastLine = text.lastIndexOf('\n', text.length - 2) + 1;
    for (let length = text.length - 1; length >= lastLine; length -= 1) {
      await disk.remove(pathOf(name));
      await writeNew(disk, pathOf(name), text.slice(0, length));
      const stored = await store.read('run-1');
      expect(name === 'journal.jsonl' ? stored.journal : stored.snapshots).toEqual(entries.slice(0, -1));

      const files = await store.reopen('run-1');
      expect(await textIn(name)).toBe(text.slice(0, lastLine));
      if (name === 'journal.jsonl') await files.journal(finished(5));
      else await files.snapshot(snapshotOf(B));
      await files.close();
      expect(await textIn(name)).toBe(text);
    }
  });

  it('with any one bit turned is refused, or has lost the last line where its line break was hit', () => {
    const text = file[name] ?? '';
    for (const [position, damaged] of flips(Buffer.from(text, 'latin1'))) {
      const read = attempt(() => readLines<unknown>(damaged.toString('latin1'), name, schema).entries);
      expect(read).toEqual(position === text.length - 1 ? entries.slice(0, -1) : 'RUN_DAMAGED');
    }
  });
});

describe('plan.json', () => {
  const small = samplePlan([sampleChange(1)]);
  const text = planText(small);

  it('cut anywhere is refused', () => {
    for (let length = 0; length < text.length - 1; length += 1) expect(attempt(() => decodePlan(text.slice(0, length), 'plan.json'))).toBe('PLAN_INVALID');
  });

  it('with any one bit turned is refused, or differs in the time of its making alone', () => {
    for (const [, damaged] of flips(Buffer.from(text, 'utf8'))) {
      const read = attempt(() => decodePlan(damaged.toString('utf8'), 'plan.json'));
      if (typeof read === 'string') expect(read).toBe('PLAN_INVALID');
      else expect({ ...read, createdAt: small.createdAt }).toEqual(small);
    }
  });
});
