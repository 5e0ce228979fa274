import type { RunEvent } from '../core/events.ts';
import type { OutcomeKind, Tally } from '../core/outcome.ts';
import type { Ending } from './command.ts';

/** Listens to a command's events, so that its last line is right even when it ends with an error. */
export interface RunTracker {
  emit(event: RunEvent): void;
  /** The last line of the command. */
  finish(ending: Ending): void;
}

/** Passes events on and counts what they tell. */
export function createRunTracker(emit: (event: RunEvent) => void): RunTracker {
  let run: string | null = null;
  const counts: Record<OutcomeKind, number> = { changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
  return {
    emit: (event) => {
      if (event.event === 'RUN_STARTED') run = event.run;
      if (event.event === 'ITEM') counts[event.outcome] += 1;
      emit(event);
    },
    finish: (ending) => {
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const { changed, unchanged, drifted, skipped, failed, unknown, ...rest }: Tally = ending.tally ?? { total, ...counts };
      emit({
        event: 'RUN_FINISHED',
        run: ending.run === undefined ? run : ending.run,
        total: rest.total,
        changed,
        unchanged,
        drifted,
        skipped,
        failed,
        unknown,
        exit: ending.exit,
      });
    },
  };
}
