import type { RunEvent } from '../core/events.ts';
import type { Tally } from '../core/outcome.ts';
import type { Arguments } from './arguments.ts';
import type { Session } from './session.ts';

/** One flag as the help shows it. Values are text for the parser; `read` of the command makes more of them. */
export interface Flag {
  readonly describe: string;
  /** Placeholder of its value in the help; a flag without one is a switch. */
  readonly value?: string;
  /** The values that it takes, where they can be listed. */
  readonly choices?: readonly string[];
  readonly alias?: string;
}
export type Flags = Readonly<Record<string, Flag>>;

/** How a command ended. */
export interface Ending {
  readonly exit: number;
  readonly run?: string | null;
  readonly tally?: Tally;
}

/** One command: its help, flags -> request, and request -> verb. */
export interface Command<Request> {
  readonly name: string;
  readonly summary: string;
  /** The value without a flag, as the help names it. */
  readonly operand?: { readonly name: string; readonly describe: string; readonly optional?: true; readonly many?: true };
  readonly flags: Flags;
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  /** Whether -c may stand there several times; the first one is what the session is opened with. */
  readonly severalConfigs?: true;
  /** Events whose content the printed result repeats, so that they are not told twice on a terminal. */
  readonly repeats?: readonly RunEvent['event'][];
  read(args: Arguments): Request;
  run(request: Request, session: Session): Promise<Ending>;
}
