import { openSync, writeSync } from 'node:fs';
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

/** Opens them. @throws RekeyError FILE_UNWRITABLE when the log can't be written */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { tool, flags, repeats, stdout, stderr, env, now, redact } = options;
  const writeOut = (text: string): void => void stdout.write(redact(text));
  const writeError = (text: string): void => void stderr.write(redact(text));
  const log = await openLogFor(flags, tool.name, redact, writeError);
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
  return { screen: screenOf(stdout, env, flags.noColor), ...events, print, announce, debug: (message, fields) => log?.debug(message, fields) };
}

/** A log is kept where --log-level or --log-file asks for one. */
async function openLogFor(flags: TellingFlags, tool: string, redact: (text: string) => string, writeError: (text: string) => void): Promise<Log | undefined> {
  if (flags.logFile === undefined && flags.logLevel === undefined) return undefined;
  const { openLog } = await import('./log.ts');
  const level = flags.logLevel ?? 'info';
  if (flags.logFile === undefined) return openLog(level, tool, writeError);
  const file = openAppending(flags.logFile);
  return openLog(level, tool, (text) => void writeSync(file, redact(text)));
}

function openAppending(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (cause) {
    throw new RekeyError('FILE_UNWRITABLE', `Could not open the log ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}
