import type { RunResult } from '../core/run-result.ts';
import type { Ending } from './command.ts';
import type { Session } from './session.ts';
import { typedCommand } from './typed-command.ts';

/** Prints how a run ended and gives its counts on. */
export async function endRun(result: RunResult, session: Session): Promise<Ending> {
  const next = result.next === undefined ? {} : { next: typedCommand(result.next, session) };
  session.print((await session.results()).runView({ ...result, ...next }, session.screen));
  return { exit: result.exit, run: result.run, tally: result.tally };
}
