import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../src/core/journal.ts';
import type { SnapshotEntry } from '../../src/core/snapshot.ts';
import type { Evidence } from './end-state-model.ts';

/** What the files of a run tell, read without the product's own code. */
export interface RunStory {
  readonly journal: readonly JournalEntry[];
  readonly snapshots: readonly SnapshotEntry[];
  /** Whether the run has a first line, so that it can be resumed. */
  readonly begun: boolean;
  /** What stands on disk for each object that was to be written, in the order of the writes. */
  readonly evidence: readonly Evidence[];
  /** Kind of the last outcome of each object, by its key. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** Reads a run directory. A last line without its end was never acknowledged to anybody, and counts for nothing. */
export function readRunStory(directory: string): RunStory {
  const journal = lines<JournalEntry>(join(directory, 'journal.jsonl'));
  const snapshots = lines<SnapshotEntry>(join(directory, 'snapshot.jsonl'));
  const intents = journal.flatMap((entry) => (entry.kind === 'intent' ? [entry.key] : []));
  const outcomes = journal.flatMap((entry) => (entry.kind === 'outcome' ? [[entry.key, entry.outcome.kind] as const] : []));
  const evidence = [...new Set(intents)].map((key) => ({
    key,
    intents: intents.filter((each) => each === key).length,
    snapshots: snapshots
      .filter((snapshot) => snapshot.key === key)
      .map(({ credential, settings, document }) => ({
        username: credential.username,
        settings: Object.fromEntries(settings),
        ...(document === undefined ? {} : { document }),
      })),
  }));
  return { journal, snapshots, begun: journal[0]?.kind === 'started', evidence, outcomes: Object.fromEntries(outcomes) };
}

function lines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const whole = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as T);
}
