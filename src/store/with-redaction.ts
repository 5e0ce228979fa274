import type { JournalEntry } from '../core/journal.ts';
import type { RunFiles, RunStore } from '../core/ports.ts';
import type { SnapshotEntry } from '../core/snapshot.ts';

/** Takes every known secret out of a text. */
export type Redact = (text: string) => string;

/** The second fence before the disk: what a server said, and what its forms hold, is cleaned by value before it is kept. Keys and ids stay as they are. */
export function withRedaction(store: RunStore, redact: Redact): RunStore {
  return {
    lock: (serverUrl, breakNonce) => store.lock(serverUrl, breakNonce),
    create: async (run, plan) => redactedFiles(await store.create(run, plan), redact),
    reopen: async (run) => redactedFiles(await store.reopen(run), redact),
    read: (run) => store.read(run),
    list: () => store.list(),
    artefacts: (run) => store.artefacts(run),
  };
}

function redactedFiles(files: RunFiles, redact: Redact): RunFiles {
  return {
    run: files.run,
    snapshot: (entry) => files.snapshot(redactedSnapshot(entry, redact)),
    journal: (entry) => files.journal(redactedEntry(entry, redact)),
    summary: (text) => files.summary(redact(text)),
    close: () => files.close(),
  };
}

function redactedSnapshot(entry: SnapshotEntry, redact: Redact): SnapshotEntry {
  return { ...entry, settings: entry.settings.map(([name, value]): [string, string] => [name, redact(value)]) };
}

function redactedEntry(entry: JournalEntry, redact: Redact): JournalEntry {
  if (entry.kind !== 'outcome' || entry.outcome.why === undefined) return entry;
  return { ...entry, outcome: { ...entry.outcome, why: redact(entry.outcome.why) } };
}
