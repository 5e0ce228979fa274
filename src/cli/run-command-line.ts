import { inspect } from 'node:util';
import { RekeyError as Failure, type RekeyError, toRekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Ending } from './command.ts';
import type { PreparedCommand } from './commands.ts';
import { COMPLETE } from './completion/scripts.ts';
import type { GlobalFlags } from './global-flags.ts';
import { type CommandLine, parseCommandLine } from './parse-command-line.ts';
import { createRunTracker, type RunTracker } from './run-tracker.ts';
import type { Session } from './session.ts';

/** What the process gives to the command line. */
export interface Host {
  readonly argv: readonly string[];
  readonly version: string;
  /** Of the terminal that help goes to, where there is one. */
  readonly columns?: number | undefined;
  /** Prints help and version on stdout. */
  write(text: string): void;
  /** Makes ready what a command works with; `repeats` are events that its result tells again. */
  open(flags: GlobalFlags, repeats: readonly RunEvent['event'][]): Promise<Session>;
}

/** Carries out one command line and gives the exit code. Every failure is told on the way. */
export async function runCommandLine(host: Host): Promise<number> {
  if (host.argv[0] === COMPLETE) return complete(host);
  const line = await parsed(host);
  if (line.kind === 'text') {
    host.write(line.text);
    return 0;
  }
  if (line.kind === 'failed') return withSession(host, line, () => Promise.reject(line.error));
  return withSession(host, line, line.command.run);
}

/** Whatever goes wrong, a shell that asks for words gets none. */
async function complete({ argv, write, open }: Host): Promise<number> {
  const { completed } = await import('./completion/complete.ts');
  for (const word of await completed(argv.slice(1), open)) write(`${word}\n`);
  return 0;
}

type Line = CommandLine | { readonly kind: 'failed'; readonly error: RekeyError; readonly global: GlobalFlags; readonly repeats: readonly [] };

async function parsed(host: Host): Promise<Line> {
  try {
    return await parseCommandLine(host.argv, host.version, host.columns);
  } catch (thrown) {
    // What the flags say is not known; but whoever asked for events gets the error as one.
    const global = { config: '', json: host.argv.includes('--json'), quiet: false, noColor: host.argv.includes('--no-color'), noInput: true };
    return { kind: 'failed', error: toRekeyError(thrown), global, repeats: [] };
  }
}

async function withSession(
  host: Host,
  line: { readonly global: GlobalFlags; readonly repeats: readonly RunEvent['event'][] },
  run: PreparedCommand['run'],
): Promise<number> {
  let session: Session;
  try {
    session = await host.open(line.global, line.repeats);
  } catch (thrown) {
    const { logFile: _unusable, ...global } = line.global;
    session = await host.open(global, []);
    return conclude(session, () => Promise.reject(toRekeyError(thrown)));
  }
  return conclude(session, run);
}

async function conclude(session: Session, run: PreparedCommand['run']): Promise<number> {
  const tracker = createRunTracker((event) => session.runtime.emit(event));
  const ending = await run({ ...session, runtime: { ...session.runtime, emit: tracker.emit } }).catch((thrown: unknown) =>
    tellFailure(thrown, session, tracker),
  );
  tracker.finish(ending);
  await session.close();
  return ending.exit;
}

function tellFailure(thrown: unknown, { runtime, debug }: Session, tracker: RunTracker): Ending {
  debug('failure', { trace: inspect(thrown) });
  const interrupted = runtime.stop.aborted && !(thrown instanceof Failure);
  const failure = interrupted ? new Failure('INTERRUPTED', 'Interrupted.', { cause: thrown, remedy: 'Run the same command again.' }) : toRekeyError(thrown);
  tracker.emit({ event: 'ERROR', code: failure.code, detail: failure.message, remedy: failure.remedy });
  return { exit: failure.exit };
}
