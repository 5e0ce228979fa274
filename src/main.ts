#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { tellCrash } from './cli/crash.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import type { Session } from './cli/session.ts';
import { resultLost, wholeOutput } from './cli/standard-output.ts';
import { packageVersion } from './package-files.ts';

// dist/main.js and src/main.ts both stand one level below the package.
const home = new URL('../', import.meta.url);
// Unasked V8 lets its heap grow fourfold before it tidies up: reading 10,000 forms then takes 300 MB, of which 50 are in use.
setFlagsFromString('--heap-growing-percent=40');
const stop = new AbortController();
// Each request in flight listens; their number is bounded by --concurrency.
setMaxListeners(0, stop.signal);
let session: Session | undefined;
let unwritten: Error | undefined;
const stdout = wholeOutput(process.stdout);

/** A reader that has seen enough (`| head`) is no failure; a full disk is one, and told at the end: a run goes on all the same. */
function onUnwritten(problem: NodeJS.ErrnoException): void {
  if (problem.code !== 'EPIPE') unwritten ??= problem;
}

/** A result that did not get out whole is told, and never by exit 0. */
function leave(exit: number): void {
  if (unwritten === undefined) process.exit(exit);
  const lost = resultLost(unwritten);
  process.stderr.write(`Error: ${lost.message}\n${lost.remedy}\n(${lost.code})\n`, () => process.exit(exit === 0 ? lost.exit : exit));
}

/** The first signal drains what is in flight; the second leaves at once. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
}

function onCrash(thrown: unknown): void {
  if (session === undefined) process.stderr.write(`Error: ${thrown instanceof Error ? thrown.message : String(thrown)}\n(INTERNAL)\n`);
  process.exit(session === undefined ? 1 : tellCrash(thrown, session));
}

async function open(...[flags, repeats]: Parameters<Parameters<typeof runCommandLine>[0]['open']>): Promise<Session> {
  const { createRuntime } = await import('./runtime.ts');
  const { env, platform, pid, stdin, stderr } = process;
  const self = { host: hostname(), pid, signal: (other: number, signal: 0) => process.kill(other, signal) };
  session = await createRuntime({
    version: packageVersion(home),
    flags,
    repeats,
    cwd: process.cwd(),
    env,
    platform,
    self,
    stdin,
    stdout,
    stderr,
    home,
    stop: stop.signal,
  });
  return session;
}

stdout.on('error', onUnwritten);
// What cannot be told to people ends no run.
process.stderr.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
process.on('uncaughtException', onCrash);

const exit = await runCommandLine({
  argv: process.argv.slice(2),
  version: packageVersion(home),
  columns: process.stdout.columns,
  write: (text) => stdout.write(text),
  open,
});
// Connections that are kept alive would keep the process; what was printed must be out first.
// What a stream failed by is heard after the answer to its last write.
stdout.write('', () => setImmediate(leave, exit));
