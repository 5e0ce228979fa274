import { describe, expect, it } from '@jest/globals';
import { type CutShort, runExit } from '../../../src/core/exit.ts';
import type { OutcomeKind } from '../../../src/core/outcome.ts';
import { countOutcomes, outcomeOf } from '../../../src/core/tally.ts';

describe('counting outcomes', () => {
  it('counts every item once', () => {
    expect(countOutcomes(['changed', 'changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown', 'unknown'])).toEqual({
      total: 8,
      changed: 2,
      unchanged: 1,
      drifted: 1,
      skipped: 1,
      failed: 1,
      unknown: 2,
    });
  });

  it('takes what was never started as skipped, and a write without an answer as unknown', () => {
    expect(outcomeOf({ kind: 'pending' })).toMatchObject({ kind: 'skipped' });
    expect(outcomeOf({ kind: 'intended' })).toMatchObject({ kind: 'unknown' });
    expect(outcomeOf({ kind: 'done', outcome: { kind: 'drifted', why: 'the branch' } })).toEqual({ kind: 'drifted', why: 'the branch' });
  });
});

describe('exit code of a run', () => {
  it.each<[number, OutcomeKind[], CutShort[]]>([
    [0, [], []],
    [0, ['changed', 'unchanged'], []],
    [3, ['changed', 'drifted'], []],
    [5, ['drifted', 'failed'], []],
    [5, ['drifted', 'skipped'], []],
    [5, ['drifted', 'unknown'], []],
    [130, ['failed', 'drifted'], ['interrupt']],
    [130, ['changed'], ['interrupt']],
    [7, ['failed', 'drifted'], ['interrupt', 'login']],
    [7, [], ['login']],
  ])('is %d after %j cut short by %j', (exit, kinds, cutShort) => {
    expect(runExit(countOutcomes(kinds), cutShort)).toBe(exit);
  });
});
