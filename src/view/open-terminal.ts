import { openSync, writeFileSync } from 'node:fs';
import { RekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { LogLevel } from './event-log.ts';
import { openEventOutput } from './event-output.ts';
import type { Log } from './log.ts';
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
  let logFailure: RekeyError | undefined;
  const fail = (problem: RekeyError): void => {
    logFailure = problem;
  };
  const log = await openLogFor(flags, tool.name, { redact, writeError, fail });
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
    ...(log === undefined ? {} : { log: log.event }),
  });
  const print = (text: string): void => {
    events.pause();
    if (!flags.json) writeOut(text);
  };
  const announce = (line: string): void => writeOut(`${line}\n`);
  // A log fails in the midst of a request, too; thrown is it only between items, where a run stops as it does for its own files.
  const tell = (event: RunEvent): void => {
    events.tell(event);
    if (logFailure === undefined || !STOPPABLE.has(event.event)) return;
    const problem = logFailure;
    logFailure = undefined;
    throw problem;
  };
  const close = (): void => {
    if (logFailure !== undefined) events.tell({ event: 'ERROR', code: logFailure.code, detail: logFailure.message, remedy: logFailure.remedy });
    events.close();
  };
  return {
    screen: screenOf(stdout, env, flags.noColor),
    pause: events.pause,
    tell,
    close,
    print,
    announce,
    debug: (message, fields) => log?.debug(message, fields),
  };
}

/** Where a log goes, and who hears that its file takes nothing more. */
interface LogWays {
  readonly redact: (text: string) => string;
  readonly writeError: (text: string) => void;
  readonly fail: (problem: RekeyError) => void;
}

/** A log is kept where --log-level or --log-file asks for one. */
async function openLogFor(flags: TellingFlags, tool: string, { redact, writeError, fail }: LogWays): Promise<Log | undefined> {
  if (flags.logFile === undefined && flags.logLevel === undefined) return undefined;
  const { openLog } = await import('./log.ts');
  const level = flags.logLevel ?? 'info';
  if (flags.logFile === undefined) return openLog(level, tool, writeError);
  const path = flags.logFile;
  const file = openAppending(path);
  let broken = false;
  return openLog(level, tool, (text) => {
    if (broken) return;
    try {
      writeFileSync(file, redact(text));
    } catch (cause) {
      broken = true;
      fail(couldNotWrite(path, cause));
    }
  });
}

function couldNotWrite(path: string, cause: unknown): RekeyError {
  return new RekeyError('DISK_FAILED', `Could not write the log ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    cause,
    remedy: 'Make room or name another --log-file. Then continue a run with "bamboo-rekey resume RUN"; repeat any other command.',
  });
}

function openAppending(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (cause) {
    throw new RekeyError('FILE_UNWRITABLE', `Could not open the log ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}
