import type { RunEvent } from '../core/events.ts';
import type { LogLevel } from './event-log.ts';
import { openEventOutput } from './event-output.ts';
import type { Log } from './log.ts';
import { LogFile } from './log-file.ts';
import type { Screen } from './screen.ts';
import { canMove, screenOf } from './terminal.ts';

/** How the user wants to be told. */
export interface TellingFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  readonly logLevel?: LogLevel;
  readonly logFile?: string;
}

/** The streams of a process and how to use them. */
export interface TerminalOptions {
  readonly tool: { readonly name: string; readonly version: string };
  readonly flags: TellingFlags;
  /** Events whose content the result tells again. */
  readonly repeats: readonly RunEvent['event'][];
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Takes secrets out of everything before it leaves. */
  readonly redact: (text: string) => string;
}

/** All ways out of the process: results, events and the log. */
export interface Terminal {
  readonly screen: Screen;
  tell(event: RunEvent): void;
  /** Leaves the terminal to a question until the next event. */
  pause(): void;
  /** A result on stdout; nothing under --json. */
  print(text: string): void;
  /** A line on stdout whatever the mode. */
  announce(line: string): void;
  debug(message: string, fields: object): void;
  close(): void;
}

/** Events at which a command may end: nothing is under way between a write and its proof by whoever tells them. */
const STOPPABLE: ReadonlySet<RunEvent['event']> = new Set(['PHASE', 'PROGRESS']);

/** Opens them. @throws RekeyError FILE_UNWRITABLE when the log can't be written */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { tool, flags, repeats, stdout, stderr, env, now, redact } = options;
  const writeOut = (text: string): void => void stdout.write(redact(text));
  const writeError = (text: string): void => void stderr.write(redact(text));
  const file = flags.logFile === undefined ? undefined : new LogFile(flags.logFile);
  const log = await openLogFor(flags, tool.name, file === undefined ? writeError : (text) => file.write(redact(text)));
  const events = await openEventOutput({
    tool,
    json: flags.json,
    quiet: flags.quiet,
    moving: canMove(stderr, env),
    colors: screenOf(stderr, env, flags.noColor).colors,
    repeats,
    stderr,
    writeOut,
    writeError,
    now: () => now().getTime(),
  });
  const tellFailure = (): void => {
    const problem = file?.takeFailure();
    if (problem !== undefined) events.tell({ event: 'ERROR', code: problem.code, detail: problem.message, remedy: problem.remedy });
  };
  const tell = (event: RunEvent): void => {
    log?.event(event);
    // The end of a run is the last that is told of it.
    if (event.event === 'RUN_FINISHED') tellFailure();
    events.tell(event);
    // Thrown is a failing log only between items, where a run stops as it does for its own files.
    const problem = STOPPABLE.has(event.event) ? file?.takeFailure() : undefined;
    if (problem !== undefined) throw problem;
  };
  const close = (): void => {
    tellFailure();
    events.close();
    file?.close();
  };
  return {
    screen: screenOf(stdout, env, flags.noColor),
    pause: events.pause,
    tell,
    close,
    print: (text) => {
      events.pause();
      if (!flags.json) writeOut(text);
    },
    announce: (line) => writeOut(`${line}\n`),
    debug: (message, fields) => log?.debug(message, fields),
  };
}

/** A log is kept where --log-level or --log-file asks for one. */
async function openLogFor({ logFile, logLevel }: TellingFlags, tool: string, write: (text: string) => void): Promise<Log | undefined> {
  if (logFile === undefined && logLevel === undefined) return undefined;
  const { openLog } = await import('./log.ts');
  return openLog(logLevel ?? 'info', tool, write);
}
