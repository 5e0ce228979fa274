import { describe, expect, it } from '@jest/globals';
import type { RunEvent } from '../../../src/core/events.ts';
import { createPaint } from '../../../src/view/paint.ts';
import { createPlainProgress } from '../../../src/view/plain-progress.ts';
import { advance, type ProgressState, progressText } from '../../../src/view/progress-state.ts';

const PLAIN = createPaint({ colors: false });

function item(id: number, outcome: 'changed' | 'failed' | 'skipped' = 'changed'): RunEvent {
  return {
    event: 'ITEM',
    object: 'repository',
    id: String(id),
    level: 'global',
    name: `repo-${id}`,
    outcome,
    ...(outcome === 'changed' ? {} : { reason: 'because' }),
    ms: 1,
  };
}

/** Lines that a pipe gets for events at their moments. */
function told(events: readonly (readonly [at: number, event: RunEvent])[]): string[] {
  let now = 0;
  let text = '';
  const sink = createPlainProgress(
    (piece) => (text += piece),
    () => now,
    PLAIN,
  );
  for (const [at, event] of events) {
    now = at;
    sink.tell(event);
  }
  return text.split('\n').slice(0, -1);
}

describe('the pace of a server in lines', () => {
  it('tells each step down, the way back when it is complete, and a pause that the server asks for', () => {
    const pace = { event: 'PACE', host: 'bamboo.example', most: 8 } as const;
    const lines = told([
      [0, { ...pace, change: 'slower', limit: 4 }],
      [1, { ...pace, change: 'slower', limit: 1 }],
      [2, { ...pace, change: 'faster', limit: 7 }],
      [3, { ...pace, change: 'faster', limit: 8 }],
      [4, { ...pace, change: 'waiting', limit: 8, ms: 20_000 }],
    ]);
    expect(lines).toEqual([
      'bamboo.example is slow: 4 requests at once instead of 8',
      'bamboo.example is slow: 1 request at once instead of 8',
      'bamboo.example keeps up again: 8 requests at once',
      'bamboo.example limits requests: nothing is sent to it for 20 s',
    ]);
  });
});

describe('progress in words', () => {
  const reached = (events: readonly (readonly [number, RunEvent])[]): ProgressState | undefined =>
    events.reduce((state: ProgressState | undefined, [at, event]) => advance(state, event, at), undefined);

  it('tells the remaining time from the rate so far', () => {
    const state = reached([
      [0, { event: 'PHASE', phase: 'writing', total: 1200 }],
      [60_000, { event: 'PROGRESS', phase: 'writing', done: 300, total: 1200 }],
    ]);
    expect(state && progressText(state, 60_000)).toBe('Writing: 300 of 1,200, about 3 min left');
  });

  it('promises nothing before there is a rate, nor at the end', () => {
    const begun = reached([
      [0, { event: 'PHASE', phase: 'reading', total: 10 }],
      [100, { event: 'PROGRESS', phase: 'reading', done: 1 }],
    ]);
    expect(begun && progressText(begun, 100)).toBe('Reading the server: 1 of 10');
    const ended = reached([
      [0, { event: 'PHASE', phase: 'reading', total: 10 }],
      [9000, { event: 'PROGRESS', phase: 'reading', done: 10 }],
    ]);
    expect(ended && progressText(ended, 9000)).toBe('Reading the server: 10 of 10');
  });

  it('counts on where the total is not known', () => {
    const state = reached([
      [0, { event: 'PHASE', phase: 'preflight' }],
      [1, { event: 'PROGRESS', phase: 'preflight', done: 3 }],
    ]);
    expect(state && progressText(state, 1)).toBe('Checking before the first write: 3');
  });
});

describe('progress in a pipe', () => {
  it('has a line for each item of a small run', () => {
    expect(
      told([
        [0, { event: 'RUN_STARTED', run: 'r1', verb: 'apply', total: 2, digest: 'd' }],
        [1, item(1)],
        [2, item(2, 'failed')],
      ]),
    ).toEqual(['run r1: 2 objects to change', 'changed    repo-1 (linked)', 'failed     repo-2 (linked): because']);
  });

  it('has lines only for checkpoints and exceptions of a large run', () => {
    const started: RunEvent = { event: 'RUN_STARTED', run: 'r1', verb: 'apply', total: 1200, digest: 'd' };
    const lines = told([
      [0, started],
      [0, { event: 'PHASE', phase: 'writing', total: 1200 }],
      ...Array.from({ length: 24 }, (_, index): [number, RunEvent] => [100 * index, item(index)]),
      [2400, item(24, 'failed')],
      [2400, item(25, 'skipped')],
      [2500, { event: 'PROGRESS', phase: 'writing', done: 25, total: 1200 }],
      [2500, { event: 'CHECKPOINT', batch: 1, done: 25, total: 1200, failed: 1 }],
    ]);
    expect(lines).toEqual([
      'run r1: 1,200 objects to change',
      'Writing: 0 of 1,200',
      'failed     repo-24 (linked): because',
      'batch 1: 25 of 1,200 done, 1 failed, about 2 min left',
    ]);
  });

  it('gives a sign of life when nothing else is told for long', () => {
    const step = (at: number, done: number): [number, RunEvent] => [at, { event: 'PROGRESS', phase: 'reading', done, total: 100 }];
    expect(told([[0, { event: 'PHASE', phase: 'reading', total: 100 }], step(1000, 1), step(20_000, 20), step(21_000, 21), step(36_000, 40)])).toEqual([
      'Reading the server: 0 of 100',
      'Reading the server: 20 of 100, about 1 min left',
      'Reading the server: 40 of 100, about 54 s left',
    ]);
  });

  it('tells a failure with its remedy and its code', () => {
    expect(told([[0, { event: 'ERROR', code: 'LOCKED', detail: 'Host a holds it.\nPid 3.', remedy: 'Wait.' }]])).toEqual([
      'Error: Host a holds it.',
      'Pid 3.',
      'Wait.',
      '(LOCKED)',
    ]);
  });
});
