import type { Place } from '../core/model.ts';
import type { OutcomeKind, Tally } from '../core/outcome.ts';

/** Which items get Bamboo's own connection test. */
export type TestScope = 'canary' | 'sample' | 'all' | 'none';

/** How a run goes; what is left out comes from `apply` in the configuration. */
export interface Pace {
  readonly concurrency?: number;
  readonly batch?: number;
  readonly canary?: number;
  readonly maxFailures?: number;
  readonly onError: 'stop' | 'continue';
  readonly test: TestScope;
  /** Git probes per token and workspace before the first write; all repositories unless told otherwise. */
  readonly sample?: number;
  readonly yes: boolean;
  readonly breakLock?: string;
}

/** One item as it stands at the end, for the summary. */
export interface ItemResult extends Place {
  readonly key: string;
  readonly outcome: OutcomeKind;
  readonly reason?: string;
}

export interface RunResult {
  /** null where no run directory was made (verify, or nothing to do). */
  readonly run: string | null;
  readonly verb: 'apply' | 'resume' | 'verify' | 'rollback';
  readonly tally: Tally;
  readonly items: readonly ItemResult[];
  readonly exit: number;
  /** The next command to type, where there is one. */
  readonly next?: string;
}
