import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '../../../src/core/journal.ts';
import type { RunFiles, RunStore } from '../../../src/core/ports.ts';
import { createRedactor } from '../../../src/core/redactor.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { SnapshotEntry } from '../../../src/core/snapshot.ts';
import { withRedaction } from '../../../src/store/with-redaction.ts';

const AT = '2026-11-24T10:00:00.000Z';

/** A store of one run that keeps what it is given. */
function keepingStore() {
  const kept: unknown[] = [];
  const keep = async (what: unknown): Promise<void> => void kept.push(what);
  const files: RunFiles = { run: 'r', snapshot: keep, journal: keep, summary: keep, close: async () => undefined };
  const refuse = (): never => {
    throw new RangeError('not used here');
  };
  const store: RunStore = { lock: refuse, create: async () => files, reopen: async () => files, read: refuse, list: refuse, artefacts: refuse };
  return { kept, store };
}

async function keptOf(write: (files: RunFiles) => Promise<void>): Promise<unknown[]> {
  const redactor = createRedactor();
  redactor.register(new Secret('1179'));
  const { kept, store } = keepingStore();
  await write(await withRedaction(store, redactor.redact).reopen('r'));
  return kept;
}

describe('the fence before the disk', () => {
  it('takes a secret out of what the server said, and leaves the key of the item alone', async () => {
    const entry: JournalEntry = { kind: 'outcome', at: AT, key: 'repository:1179', outcome: { kind: 'failed', why: 'no access with 1179' } };
    expect(await keptOf((files) => files.journal(entry))).toEqual([{ ...entry, outcome: { kind: 'failed', why: 'no access with [secret]' } }]);
  });

  it('takes a secret out of the values of a snapshot, and leaves id and names alone', async () => {
    const place = { object: 'repository', id: '1179', level: 'global', name: 'shop' } as const;
    const entry: SnapshotEntry = {
      format: 1,
      at: AT,
      key: 'repository:1179',
      place,
      kind: 'bitbucket-cloud',
      credential: { kind: 'none' },
      settings: [['hook', 'x-1179-y']],
    };
    expect(await keptOf((files) => files.snapshot(entry))).toEqual([{ ...entry, settings: [['hook', 'x-[secret]-y']] }]);
  });

  it('keeps an intent as it is', async () => {
    const entry: JournalEntry = { kind: 'intent', at: AT, key: 'repository:1179' };
    expect(await keptOf((files) => files.journal(entry))).toEqual([entry]);
  });
});
