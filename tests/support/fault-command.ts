import { hostname } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import type { Http } from '../../src/core/ports.ts';
import { createRuntime } from '../../src/runtime.ts';
import { createManualClock } from './manual-clock.ts';

/** How one command ended. */
export interface Told {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long it would have waited, where nobody waits. */
  readonly waitedMs: number;
}

/** What a command is run with. */
export interface CommandWorld {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Wraps the wire. */
  readonly http?: (http: Http) => Http;
}

/** Runs a whole command line inside this process, at the most verbose level, on a clock that nobody waits for. */
export async function runHere({ directory, env = {}, http }: CommandWorld, words: readonly string[]): Promise<Told> {
  const [stdout, stderr] = [sink(), sink()];
  const clock = createManualClock(new Date().toISOString());
  const begun = clock.now().getTime();
  const exit = await runCommandLine({
    argv: [...words, '--log-level', 'debug', '--log-file', join(directory, 'run.log')],
    version: '0.0.0',
    write: stdout.take,
    open: (flags, repeats) =>
      createRuntime({
        ...{ version: '0.0.0', flags, repeats, cwd: directory, env, platform: process.platform },
        self: { host: hostname(), pid: process.pid, signal: (pid, signal) => process.kill(pid, signal) },
        stdin: new PassThrough().end() as unknown as NodeJS.ReadStream,
        ...{ stdout: stdout.stream, stderr: stderr.stream, home: pathToFileURL(`${directory}/`) },
        stop: new AbortController().signal,
        overrides: { clock, ...(http === undefined ? {} : { http }) },
      }),
  });
  return { exit, stdout: stdout.text(), stderr: stderr.text(), waitedMs: clock.now().getTime() - begun };
}

function sink() {
  const pieces: string[] = [];
  const take = (text: string): void => void pieces.push(text);
  const stream = new Writable({ write: (chunk, _encoding, done) => void done(void take(String(chunk))) }) as NodeJS.WriteStream;
  return { take, stream, text: () => pieces.join('') };
}
