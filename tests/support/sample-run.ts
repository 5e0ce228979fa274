import type { JournalEntry } from '../../src/core/journal.ts';
import { changeKey, type PlanFile } from '../../src/core/plan-file.ts';
import type { SnapshotEntry } from '../../src/core/snapshot.ts';

const AT = '2026-03-01T10:00:00.000Z';

/** The first line of every journal. */
export function started(run: string, plan: PlanFile): JournalEntry {
  return {
    kind: 'started',
    at: AT,
    run,
    verb: 'apply',
    tool: 'bamboo-rekey 0.1.0',
    server: plan.server.url,
    digest: plan.digest,
    keys: plan.changes.map(changeKey),
  };
}

/** A write is about to be sent. */
export function intent(key: string): JournalEntry {
  return { kind: 'intent', at: AT, key };
}

/** What the write did. */
export function changed(key: string): JournalEntry {
  return { kind: 'outcome', at: AT, key, outcome: { kind: 'changed' } };
}

/** An ending. */
export function finished(exit: number): JournalEntry {
  return { kind: 'finished', at: AT, exit };
}

/** The run goes on after an ending or a crash. */
export function resumed(): JournalEntry {
  return { kind: 'resumed', at: AT, tool: 'bamboo-rekey 0.1.0' };
}

/** What was read just before a write. */
export function snapshotOf(key: string, name = 'Repo – ünïcødé 🎋'): SnapshotEntry {
  return {
    format: 1,
    at: AT,
    key,
    place: { object: 'repository', id: key.split(':')[1] ?? '', level: 'global', name },
    kind: 'bitbucket-cloud',
    credential: { kind: 'app-password', username: 'buildbot' },
    settings: [
      ['repository.branch', 'main'],
      ['description', 'line one\nline two\u2028"quoted"'],
    ],
  };
}
