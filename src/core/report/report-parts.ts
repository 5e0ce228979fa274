import type { Config } from '../config.ts';
import type { JournalEntry, RunState } from '../journal.ts';
import type { PlanFile } from '../plan-file.ts';
import type { Evidence } from './evidence.ts';

/** A run as its files tell it. */
export interface ReportedRun {
  readonly state: RunState;
  readonly journal: readonly JournalEntry[];
}

/** All that a report is made from. */
export interface ReportParts {
  readonly plan: PlanFile;
  readonly run?: ReportedRun;
  readonly config?: Config;
  readonly now: Date;
  readonly tool: string;
  readonly evidence: Evidence;
}
