import type { BuildEnd } from './build-progress.ts';
import type { Place } from './model.ts';
import type { OutcomeKind, Tally } from './outcome.ts';

/** One item as it stands at the end, for the summary. */
export interface ItemResult extends Place {
  readonly key: string;
  readonly outcome: OutcomeKind;
  readonly reason?: string;
}

/** How a run ended, item by item. */
export interface RunResult {
  /** null where no run directory was made (verify, or nothing to do). */
  readonly run: string | null;
  readonly verb: 'apply' | 'resume' | 'verify' | 'rollback';
  readonly tally: Tally;
  readonly items: readonly ItemResult[];
  readonly exit: number;
  /** The build that was asked for by name, and what it proved. */
  readonly build?: BuildEnd;
  /** The next command to type, where there is one. */
  readonly next?: string;
}
