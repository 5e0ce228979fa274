import type { BuildEnd } from './build-progress.ts';
import type { Tally } from './outcome.ts';

/** What cut a run short: the server ended or refused the login, or a person pressed Ctrl-C. */
export type CutShort = 'login' | 'interrupt';

/** Exit code of a run by `contract.md`: the first of 7, 130, 5, 3 that applies wins. */
export function runExit(counts: Tally, cutShort: readonly CutShort[] = [], build?: BuildEnd): number {
  if (cutShort.includes('login')) return 7;
  if (cutShort.includes('interrupt')) return 130;
  if (counts.failed + counts.skipped + counts.unknown > 0) return 5;
  if (build !== undefined && build.kind !== 'checked-out') return 5;
  return counts.drifted > 0 ? 3 : 0;
}
