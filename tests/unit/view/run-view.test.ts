import { describe, expect, it } from '@jest/globals';
import type { RunDetails, RunSummary } from '../../../src/core/run-summary.ts';
import { runView } from '../../../src/view/run-view.ts';
import { runsView, showView } from '../../../src/view/runs-view.ts';
import { itemResult, PIPE, runResult } from '../../support/view-samples.ts';

const TYPED = (command: string): string => `${command} -c here.yaml`;

const SUMMARY: RunSummary = {
  run: '2026-11-24T21-03-11Z-1f3a9c',
  verb: 'apply',
  server: 'https://bamboo.example.com',
  startedAt: '2026-11-24T21:03:11.000Z',
  state: 'open',
};

describe('the summary of a run', () => {
  it('shows counts as a sum that adds up, and what went otherwise than wanted with the worst on top', () => {
    const items = [
      itemResult('a', 'changed'),
      itemResult('b', 'drifted', 'the branch changed'),
      itemResult('c', 'failed', 'refused'),
      itemResult('d', 'unknown', 'no answer'),
      itemResult('e', 'skipped', 'never started'),
      itemResult('f', 'skipped', 'never started'),
    ];
    expect(runView(runResult(items, { next: 'bamboo-rekey resume 2026-11-24T21-03-11Z-1f3a9c' }), PIPE)).toBe(`apply, run 2026-11-24T21-03-11Z-1f3a9c
6 objects = 1 changed + 0 unchanged + 1 drifted + 2 skipped + 1 failed + 1 unknown

unknown (1)
      1  no answer
         d (project WEB)

failed (1)
      1  refused
         c (project WEB)

drifted (1)
      1  the branch changed
         b (project WEB)

skipped (2)
      2  never started
         e (project WEB), f (project WEB)

Next: bamboo-rekey resume 2026-11-24T21-03-11Z-1f3a9c
`);
  });

  it('says of a verify how many are as wanted', () => {
    const items = [itemResult('a', 'unchanged'), itemResult('b', 'unchanged'), itemResult('c', 'drifted', 'another user name')];
    expect(runView(runResult(items, { run: null, verb: 'verify' }), PIPE)).toMatch(
      /^verify\n3 objects = 2 as wanted \+ 1 drifted \+ 0 skipped \+ 0 failed \+ 0 unknown\n/,
    );
  });

  it('stays short when a thousand items ended the same way', () => {
    const items = Array.from({ length: 1000 }, (_, index) => itemResult(`r${index}`, 'skipped', 'never started'));
    const text = runView(runResult(items, { run: null, verb: 'verify' }), PIPE);
    expect(text).toContain('1,000 objects');
    expect(text).toContain('and 990 more');
    expect(text.split('\n').length).toBeLessThan(10);
  });
});

describe('the list of runs', () => {
  it('names how to go on with an unfinished run, and what is wrong with a damaged one', () => {
    const text = runsView([SUMMARY, { ...SUMMARY, run: 'other', state: 'damaged', problem: 'journal.jsonl cannot be read' }], TYPED, PIPE);
    expect(text).toContain('Unfinished: continue with "bamboo-rekey resume 2026-11-24T21-03-11Z-1f3a9c -c here.yaml".');
    expect(text).toContain('other: journal.jsonl cannot be read');
  });

  it('names how to go on with a run that ended before everything was done, and only then', () => {
    const tally = { total: 3, changed: 1, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
    const ended = (exit: number, counts: Partial<typeof tally>): string =>
      runsView([{ ...SUMMARY, state: 'finished', exit, tally: { ...tally, ...counts } }], TYPED, PIPE);
    for (const exit of [5, 7, 130]) expect(ended(exit, { skipped: 2 })).toContain('Unfinished: continue with "bamboo-rekey resume 2026-');
    expect(ended(5, { unknown: 2 })).toContain('Unfinished');
    expect(ended(5, { failed: 2 })).not.toContain('Unfinished');
    expect(ended(0, { skipped: 2 })).not.toContain('Unfinished');
  });

  it('says so when there is none', () => {
    expect(runsView([], TYPED, PIPE)).toBe('There are no runs yet.\n');
  });
});

describe('one run', () => {
  it('is shown with every item', () => {
    const details: RunDetails = {
      ...SUMMARY,
      state: 'finished',
      exit: 3,
      tally: { total: 2, changed: 1, unchanged: 0, drifted: 1, skipped: 0, failed: 0, unknown: 0 },
      digest: 'sha256:4f1c',
      items: [itemResult('a', 'changed'), itemResult('b', 'drifted', 'the branch changed')],
    };
    expect(showView(details, PIPE)).toBe(`Run 2026-11-24T21-03-11Z-1f3a9c
apply on https://bamboo.example.com, started 2026-11-24T21:03:11.000Z, finished with exit code 3
Digest: sha256:4f1c

2 objects = 1 changed + 0 unchanged + 1 drifted + 0 skipped + 0 failed + 0 unknown

outcome  name  where        id  reason
changed  a     project WEB  a
drifted  b     project WEB  b   the branch changed
`);
  });
});
