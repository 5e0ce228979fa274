import type { Tally } from '../core/outcome.ts';
import type { PlanFile } from '../core/plan-file.ts';

/** How a run ended, as far as the next step depends on it. */
export interface Ending {
  readonly run: string;
  readonly exit: number;
  readonly tally: Tally;
  readonly plan: Pick<PlanFile, 'purpose'>;
  /** Items that the run could not take at all: going on with it does not take them either. */
  readonly left: readonly unknown[];
  /** Of a rollback: the run that it goes back on, where that is known. */
  readonly undoes?: string;
}

/** The command to type after a run; undefined where no command helps. */
export function nextStep({ run, exit, tally, plan, left, undoes }: Ending): string | undefined {
  if (exit === 0) return `bamboo-rekey verify ${run}`;
  const open = tally.failed + tally.unknown + tally.skipped - left.length;
  if (open > 0 || (exit !== 3 && exit !== 5)) return `bamboo-rekey resume ${run}`;
  // What lacked its secret is planned anew, once the secret is held; what was restored already stays as it is.
  if (left.length > 0) return undoes === undefined ? undefined : `bamboo-rekey rollback ${undoes}`;
  // What drifted is settled for this run: only a new plan takes it as it stands now.
  return tally.drifted > 0 && plan.purpose !== 'rollback' ? 'bamboo-rekey plan -o plan.json' : `bamboo-rekey verify ${run}`;
}
