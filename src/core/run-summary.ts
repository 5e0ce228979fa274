import type { Tally } from './outcome.ts';
import type { ItemResult } from './run-result.ts';

/** A past run in one line. */
export interface RunSummary {
  readonly run: string;
  readonly verb: 'apply' | 'rollback';
  readonly server: string;
  readonly startedAt: string;
  /** `open`: still running or broken off; it can be resumed. `damaged`: its files cannot be read. */
  readonly state: 'finished' | 'open' | 'damaged';
  readonly exit?: number;
  readonly tally?: Tally;
  readonly problem?: string;
}

/** A past run with every item. */
export interface RunDetails extends RunSummary {
  readonly digest: string;
  readonly items: readonly ItemResult[];
}
