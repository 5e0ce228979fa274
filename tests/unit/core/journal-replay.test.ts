import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { replay } from '../../../src/core/journal-replay.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { changed, finished, intent, resumed, started } from '../../support/sample-run.ts';

const plan = samplePlan();
const [A, B] = ['repository:101', 'repository:102'];
const begin = started('run-1', plan);
const DONE = { kind: 'done', outcome: { kind: 'changed' } };

describe('replay', () => {
  it('tells where every item stands', () => {
    expect(replay([begin, intent(A)])).toEqual({
      run: 'run-1',
      verb: 'apply',
      server: plan.server.url,
      digest: plan.digest,
      startedAt: begin.at,
      items: new Map([
        [A, { kind: 'intended' }],
        [B, { kind: 'pending' }],
      ]),
      intended: [A],
    });
  });

  it('takes the last word on an item', () => {
    const state = replay([
      begin,
      intent(B),
      { kind: 'outcome', at: begin.at, key: B, outcome: { kind: 'unknown', why: 'no answer' } },
      intent(A),
      changed(A),
      resumed(),
      changed(B),
    ]);
    expect([...state.items.values()]).toEqual([DONE, DONE]);
    expect(state.intended).toEqual([B, A]);
  });

  it('knows an item without an intent as never written', () => {
    const state = replay([begin, { kind: 'outcome', at: begin.at, key: A, outcome: { kind: 'drifted', why: 'the branch' } }]);
    expect(state.items.get(A)).toEqual({ kind: 'done', outcome: { kind: 'drifted', why: 'the branch' } });
    expect(state.intended).toEqual([]);
  });

  it('has the exit code of the last ending, and none while the run goes on', () => {
    expect(replay([begin, finished(130)]).exit).toBe(130);
    expect(replay([begin, finished(130), resumed()])).not.toHaveProperty('exit');
    expect(replay([begin, finished(130), resumed(), intent(A), changed(A), finished(5)]).exit).toBe(5);
  });

  it('says of an empty journal that nothing was changed', () => {
    expect(() => replay([])).toThrow(expect.objectContaining({ code: 'RUN_DAMAGED', message: expect.stringContaining('nothing was changed') }));
  });

  it.each<[string, JournalEntry[], number]>([
    ['does not begin with the start', [intent(A), begin], 1],
    ['starts twice', [begin, begin], 2],
    ['intends what is no item', [begin, intent('repository:9')], 2],
    ['ends what is no item', [begin, intent(A), changed('repository:9')], 3],
    ['writes after its end', [begin, finished(0), intent(A)], 3],
    ['ends twice', [begin, finished(0), finished(5)], 3],
    ['names an item twice', [{ ...begin, kind: 'started', keys: [A, A] } as JournalEntry], 1],
  ])('does not believe a journal that %s', (_what, entries, line) => {
    expect(() => replay(entries)).toThrow(expect.objectContaining({ code: 'RUN_DAMAGED', message: expect.stringContaining(`line ${line},`) }));
  });
});
