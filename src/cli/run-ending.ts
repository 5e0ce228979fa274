import type { RunResult } from '../core/run-result.ts';
import type { Ending } from './command.ts';
import type { Session } from './session.ts';

/** Prints how a run ended and gives its counts on. */
export async function endRun(result: RunResult, session: Session): Promise<Ending> {
  session.print((await session.results()).runView(result, session.screen));
  return { exit: result.exit, run: result.run, tally: result.tally };
}
