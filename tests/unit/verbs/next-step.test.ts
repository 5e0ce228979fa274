import { describe, expect, it } from '@jest/globals';
import { type Ending, nextStep } from '../../../src/verbs/next-step.ts';

const NONE = { total: 3, changed: 3, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
const stepOf = (ending: Partial<Ending>) => nextStep({ run: 'r2', exit: 5, tally: NONE, plan: { purpose: 'apply' }, left: [], ...ending });

describe('the next step after a run', () => {
  it.each<[string, Partial<Ending>, string | undefined]>([
    ['everything is done', { exit: 0 }, 'bamboo-rekey verify r2'],
    ['something failed', { tally: { ...NONE, failed: 1 } }, 'bamboo-rekey resume r2'],
    ['something was skipped', { tally: { ...NONE, skipped: 1 } }, 'bamboo-rekey resume r2'],
    ['the login ended, whatever is done', { exit: 7 }, 'bamboo-rekey resume r2'],
    ['something drifted, which this run has settled', { exit: 3, tally: { ...NONE, drifted: 1 } }, 'bamboo-rekey plan -o plan.json'],
    ['something drifted and something else failed', { tally: { ...NONE, drifted: 1, failed: 1 } }, 'bamboo-rekey resume r2'],
    [
      'a rollback lacked a secret: only a new plan looks for it again',
      { tally: { ...NONE, skipped: 1 }, plan: { purpose: 'rollback' }, left: ['one'], undoes: 'r1' },
      'bamboo-rekey rollback r1',
    ],
    [
      'a rollback lacked a secret, and something else is open',
      { tally: { ...NONE, skipped: 2 }, plan: { purpose: 'rollback' }, left: ['one'], undoes: 'r1' },
      'bamboo-rekey resume r2',
    ],
    ['a rollback from a snapshot lacked a secret', { tally: { ...NONE, skipped: 1 }, plan: { purpose: 'rollback' }, left: ['one'] }, undefined],
    ['a rollback met later edits', { exit: 3, tally: { ...NONE, drifted: 1 }, plan: { purpose: 'rollback' } }, 'bamboo-rekey verify r2'],
    ['the build after the canary failed, and nothing is open', {}, 'bamboo-rekey verify r2'],
  ])('when %s', (_, ending, command) => {
    expect(stepOf(ending)).toBe(command);
  });
});
