import { describe, expect, it } from '@jest/globals';
import { createRunTracker } from '../../../src/cli/run-tracker.ts';
import type { RunEvent } from '../../../src/core/events.ts';

function item(id: string, outcome: 'changed' | 'skipped'): RunEvent {
  return { event: 'ITEM', object: 'repository', id, level: 'global', name: id, outcome, ms: 1 };
}

describe('the last line of a command', () => {
  it('counts what was told when the command broke off, and names its run', () => {
    const events: RunEvent[] = [];
    const tracker = createRunTracker((event) => events.push(event));
    tracker.emit({ event: 'RUN_STARTED', run: 'r1', verb: 'apply', total: 3, digest: 'd' });
    tracker.emit(item('1', 'changed'));
    tracker.emit(item('2', 'skipped'));
    tracker.finish({ exit: 7 });
    expect(events.at(-1)).toEqual({
      event: 'RUN_FINISHED',
      run: 'r1',
      total: 2,
      changed: 1,
      unchanged: 0,
      drifted: 0,
      skipped: 1,
      failed: 0,
      unknown: 0,
      exit: 7,
    });
  });

  it('takes the counts of the result where there is one', () => {
    const events: RunEvent[] = [];
    const tracker = createRunTracker((event) => events.push(event));
    tracker.finish({ exit: 3, run: 'r2', tally: { total: 5, changed: 4, unchanged: 0, drifted: 1, skipped: 0, failed: 0, unknown: 0 } });
    expect(events).toMatchObject([{ run: 'r2', total: 5, changed: 4, drifted: 1, exit: 3 }]);
  });
});
