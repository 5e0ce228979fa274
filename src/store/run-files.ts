import { join } from 'node:path';
import type { z } from 'zod';
import { JournalEntry } from '../core/journal.ts';
import { type CheckedLines, readLines, sealLine } from '../core/line-codec.ts';
import type { RunFiles } from '../core/ports.ts';
import { SnapshotEntry } from '../core/snapshot.ts';
import type { FileSystem } from './file-system.ts';
import { LineFile } from './line-file.ts';
import { readRunFile } from './read-run-file.ts';
import { named } from './system-error.ts';
import { writeDurably } from './write-durably.ts';

/** Names of the files of a run. */
export const RUN_FILE = { plan: 'plan.json', snapshot: 'snapshot.jsonl', journal: 'journal.jsonl', summary: 'summary.json' } as const;

/** Reads `journal.jsonl` of a run directory. */
export function readJournal(fileSystem: FileSystem, directory: string): Promise<CheckedLines<JournalEntry>> {
  return readChecked(fileSystem, join(directory, RUN_FILE.journal), JournalEntry);
}

/** Reads `snapshot.jsonl` of a run directory. */
export function readSnapshot(fileSystem: FileSystem, directory: string): Promise<CheckedLines<SnapshotEntry>> {
  return readChecked(fileSystem, join(directory, RUN_FILE.snapshot), SnapshotEntry);
}

/** Opens the files of a run for appending; a torn last line is cut off first. */
export async function openRunFiles(fileSystem: FileSystem, directory: string, run: string): Promise<RunFiles> {
  const [journalLines, snapshotLines] = [await readJournal(fileSystem, directory), await readSnapshot(fileSystem, directory)];
  const journal = await ChainedFile.open(fileSystem, join(directory, RUN_FILE.journal), journalLines, JournalEntry);
  const snapshot = await ChainedFile.open(fileSystem, join(directory, RUN_FILE.snapshot), snapshotLines, SnapshotEntry).catch(async (thrown: unknown) => {
    await journal.close();
    throw thrown;
  });
  return {
    run,
    snapshot: (entry) => snapshot.append(entry),
    journal: (entry) => journal.append(entry),
    summary: (text) => writeSummary(fileSystem, join(directory, RUN_FILE.summary), text),
    close: async () => {
      await Promise.all([journal.close(), snapshot.close()]);
    },
  };
}

/** A line file whose lines are chained by their checksums. */
class ChainedFile<T extends object> {
  readonly #file: LineFile;
  readonly #schema: z.ZodType<T>;
  #sum: string;

  private constructor(file: LineFile, schema: z.ZodType<T>, sum: string) {
    this.#file = file;
    this.#schema = schema;
    this.#sum = sum;
  }

  static async open<T extends object>(fileSystem: FileSystem, path: string, lines: CheckedLines<T>, schema: z.ZodType<T>): Promise<ChainedFile<T>> {
    const file = await LineFile.open(fileSystem, path, lines.length).catch((thrown: unknown) => {
      throw named(thrown, 'DISK_FAILED', `Could not open ${path}`);
    });
    return new ChainedFile(file, schema, lines.sum);
  }

  /** What could not be read again is not written in the first place. */
  async append(entry: T): Promise<void> {
    const { text, sum } = sealLine(this.#schema.parse(entry), this.#sum);
    this.#sum = sum;
    await this.#file.append(text);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function readChecked<T>(fileSystem: FileSystem, path: string, schema: z.ZodType<T>): Promise<CheckedLines<T>> {
  // Lines are ASCII: with Latin-1 a byte is a character, and a foreign byte breaks its checksum.
  const text = (await readRunFile(fileSystem, path)).toString('latin1');
  return readLines(text, path, schema);
}

async function writeSummary(fileSystem: FileSystem, path: string, text: string): Promise<void> {
  await writeDurably(fileSystem, path, text).catch((thrown: unknown) => {
    throw named(thrown, 'DISK_FAILED', `Could not write ${path}`);
  });
}
