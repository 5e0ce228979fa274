import { describe, expect, it } from '@jest/globals';
import type { RunStore } from '../../../src/core/ports.ts';
import { loadRun, loadTarget } from '../../../src/verbs/load-run.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { journalOf } from '../../support/report-samples.ts';
import { planText, samplePlan } from '../../support/sample-plan.ts';

const PLAN = samplePlan();
const STORE: Partial<RunStore> = {
  list: async () => ['r1'],
  read: async () => ({ run: 'r1', plan: PLAN, journal: journalOf(PLAN, { ended: true }), snapshots: [] }),
};

function runtimeWith(store: Partial<RunStore>, files: Record<string, string> = {}) {
  return fakeSession({ store, files: new Map(Object.entries(files)) }).session.runtime;
}

describe('a word that names a run or a plan file', () => {
  it.each(['r1', 'latest'])('is a run where it is "%s", even beside a file of that name', async (word) => {
    const loaded = await loadTarget(word, runtimeWith(STORE, { [word]: 'no plan at all' }));
    expect(loaded).toMatchObject({ kind: 'run', stored: { run: 'r1' }, state: { digest: PLAN.digest } });
  });

  it('is a plan file where no run has that id', async () => {
    const text = planText(PLAN);
    expect(await loadTarget('plan.json', runtimeWith(STORE, { 'plan.json': text }))).toEqual({ kind: 'plan', plan: PLAN, text });
  });

  it('is refused where the file is no plan', async () => {
    await expect(loadTarget('plan.json', runtimeWith(STORE, { 'plan.json': '{}' }))).rejects.toMatchObject({ code: 'PLAN_INVALID' });
  });
});

it('refuses a run whose journal belongs to another plan, naming both digests', async () => {
  const other = { ...PLAN, digest: 'sha256:other' };
  const read: RunStore['read'] = async () => ({ run: 'r1', plan: other, journal: journalOf(PLAN, { ended: true }), snapshots: [] });
  const refused = expect(loadRun('r1', runtimeWith({ ...STORE, read }))).rejects;
  await refused.toMatchObject({
    code: 'RUN_DAMAGED',
    message: `The journal of run r1 belongs to another plan (${PLAN.digest}) than the one beside it (sha256:other).`,
  });
});
