import { describe, expect, it } from '@jest/globals';
import { RunEvent } from '../../../src/core/events.ts';
import { changeKey } from '../../../src/core/plan-file.ts';
import type { RunStore } from '../../../src/core/ports.ts';
import { runs, show } from '../../../src/verbs/runs.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { journalOf } from '../../support/report-samples.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const PLAN = samplePlan();
const JOURNAL = journalOf(PLAN);

function sessionWith(journal = JOURNAL) {
  const store: Partial<RunStore> = { list: async () => ['r1'], read: async () => ({ run: 'r1', plan: PLAN, journal, snapshots: [] }) };
  return fakeSession({ store });
}

describe('a past run as events', () => {
  it('has one per object, with its outcome and how long it took by the journal', async () => {
    const { session, seen } = sessionWith();
    const details = await show('r1', session.runtime);
    expect(seen.events).toEqual(details.items.map(({ key: _key, ...item }) => ({ event: 'ITEM', ...item, ms: item.outcome === 'skipped' ? 0 : 1250 })));
    expect(seen.events.length).toBe(details.tally?.total);
    for (const event of seen.events) expect(RunEvent.parse(event)).toEqual(event);
  });

  it('tells what was never answered for as unknown, in no time', async () => {
    const [first] = PLAN.changes;
    if (first === undefined) throw new TypeError('the sample has a change');
    const { session, seen } = sessionWith(JOURNAL.filter((entry) => entry.kind === 'started' || (entry.kind === 'intent' && entry.key === changeKey(first))));
    await show('r1', session.runtime);
    expect(seen.events[0]).toMatchObject({ event: 'ITEM', id: first.id, outcome: 'unknown', ms: 0 });
  });
});

describe('all past runs as events', () => {
  it('has one per run, with what became of its objects', async () => {
    const { session, seen } = sessionWith();
    const [summary] = await runs(session.runtime);
    expect(seen.events).toEqual([{ event: 'RUN', ...summary }]);
    expect(summary).toMatchObject({ run: 'r1', verb: 'apply', state: 'finished', exit: 5 });
    for (const event of seen.events) expect(RunEvent.parse(event)).toEqual(event);
  });

  it('tells a damaged one, too', async () => {
    const { session, seen } = sessionWith([]);
    await runs(session.runtime);
    expect(seen.events).toEqual([expect.objectContaining({ event: 'RUN', run: 'r1', state: 'damaged', problem: expect.any(String) })]);
  });
});
