import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { sealPlan } from '../../../src/core/plan-codec.ts';
import type { PlanFile } from '../../../src/core/plan-file.ts';
import type { RunStore, Runtime, StoredRun } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/core/secret.ts';
import { report } from '../../../src/verbs/report.ts';
import { config } from '../../support/core-samples.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { journalOf } from '../../support/report-samples.ts';
import { planText, samplePlan } from '../../support/sample-plan.ts';

const PLAN = samplePlan();

function stored(plan: PlanFile, ended = true): Partial<RunStore> {
  return {
    list: async () => ['r1'],
    read: async () => ({ run: 'r1', plan, journal: journalOf(plan, { ended }), snapshots: [] }),
    artefacts: async () => [{ name: 'journal.jsonl', bytes: Buffer.from('{"why":"with s3cret-of-ci in it"}') }],
  };
}

/** A runtime whose configuration has one secret. */
function runtimeWith(store: Partial<RunStore>, files: Record<string, string> = {}): Runtime {
  const { session } = fakeSession({ store, files: new Map(Object.entries(files)) });
  const secret = { key: 'tokens.ci.token', from: 'env', name: 'CI_TOKEN', found: { kind: 'secret', secret: new Secret('s3cret-of-ci') } } as const;
  return { ...session.runtime, config: async () => config(), everySecret: async () => [secret] };
}

describe('report', () => {
  it('tells of a run with all its evidence', async () => {
    const { run, evidence, notices } = await report({ target: 'r1' }, runtimeWith(stored(PLAN)));
    expect(run).toMatchObject({ id: 'r1', state: 'finished', exit: 5 });
    expect(evidence.hosts).toEqual([
      { host: 'api.bitbucket.org', requests: 14, failures: 0 },
      { host: 'bamboo.example.com', requests: 88, failures: 1 },
    ]);
    expect(evidence.serverFiles).toEqual({ files: 2, folders: ['/var/bamboo/exports'] });
    expect(evidence.secrets).toEqual([{ key: 'tokens.ci.token', from: 'env', name: 'CI_TOKEN', foundIn: 1 }]);
    expect(notices[0]).toContain('SECRET WAS FOUND');
    expect(JSON.stringify(evidence)).not.toContain('s3cret-of-ci');
  });

  it('adds up what the parts of a resumed run did', async () => {
    const journal = journalOf(PLAN);
    const end: JournalEntry = {
      kind: 'finished',
      at: '2026-11-24T22:10:00.000Z',
      exit: 0,
      hosts: [{ host: 'bamboo.example.com', requests: 12, failures: 0 }],
      serverFiles: { files: 1, folders: ['/other'] },
    };
    const read = async (): Promise<StoredRun> => ({
      run: 'r1',
      plan: PLAN,
      journal: [...journal, { kind: 'resumed', at: '2026-11-24T22:00:00.000Z', tool: 't' }, end],
      snapshots: [],
    });
    const { evidence } = await report({ target: 'latest' }, runtimeWith({ ...stored(PLAN), read }));
    expect(evidence.hosts?.find(({ host }) => host === 'bamboo.example.com')).toEqual({ host: 'bamboo.example.com', requests: 100, failures: 1 });
    expect(evidence.serverFiles).toEqual({ files: 3, folders: ['/other', '/var/bamboo/exports'] });
  });

  it('tells of a run that is still running', async () => {
    const { run, evidence, notices } = await report({ target: 'r1' }, runtimeWith(stored(PLAN, false)));
    expect(run?.state).toBe('open');
    expect(notices.join()).toContain('still running');
    expect(evidence).toMatchObject({ hosts: null, serverFiles: null });
  });

  it('tells of a plan file, and searches it', async () => {
    const text = planText(PLAN);
    const { run, evidence, digest } = await report({ target: 'plan.json' }, runtimeWith(stored(PLAN), { 'plan.json': text }));
    expect(run).toBeNull();
    expect(digest).toBe(PLAN.digest);
    expect(evidence.searched).toEqual([{ name: 'plan.json', bytes: Buffer.byteLength(text), finds: [] }]);
  });

  it('can do without a configuration, and says what it could not tell', async () => {
    const { session, seen } = fakeSession({ store: { list: async () => [] }, files: new Map([['plan.json', planText(PLAN)]]) });
    const { evidence } = await report({ target: 'plan.json' }, session.runtime);
    expect(evidence).toMatchObject({ secrets: null, searched: [] });
    expect(seen.events).toContainEqual({ event: 'WARNING', detail: 'The configuration could not be read: no configuration' });
  });

  it('refuses a run that is damaged', async () => {
    const damaged = { ...stored(PLAN), read: async () => Promise.reject(new RekeyError('RUN_DAMAGED', 'journal.jsonl, line 2, is damaged.')) };
    await expect(report({ target: 'r1' }, runtimeWith(damaged))).rejects.toMatchObject({ code: 'RUN_DAMAGED', exit: 2 });
    const foreign = {
      ...stored(PLAN),
      read: async () => ({ run: 'r1', plan: PLAN, journal: journalOf(sealPlan({ ...PLAN, tool: 'another' })), snapshots: [] }),
    };
    await expect(report({ target: 'r1' }, runtimeWith(foreign))).rejects.toMatchObject({ code: 'RUN_DAMAGED' });
  });

  it('refuses a plan of a later format', async () => {
    const later = planText(PLAN).replace('"format": 1', '"format": 2');
    const refused = report({ target: 'plan.json' }, runtimeWith(stored(PLAN), { 'plan.json': later }));
    await expect(refused).rejects.toMatchObject({ code: 'PLAN_INVALID', message: expect.stringContaining('made by a later version') });
  });
});
