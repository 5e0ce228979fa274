import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import { PassThrough, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { RekeyError, toRekeyError } from '../../src/core/errors.ts';
import type { Clock, Runtime } from '../../src/core/ports.ts';
import type { RunResult } from '../../src/core/run-result.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { FileSystem, OpenFile } from '../../src/store/file-system.ts';
import { apply } from '../../src/verbs/apply.ts';
import { resume } from '../../src/verbs/resume.ts';
import { rollback } from '../../src/verbs/rollback.ts';
import { show } from '../../src/verbs/runs.ts';
import { verify } from '../../src/verbs/verify.ts';
import type { DiskFault } from './break.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';
import { intercept, systemError } from './intercept.ts';
import { isDiskWrite, isSavePath } from './saves.ts';

/** What happens to a command at one of its points; points are counted over all its requests and calls to the disk, before and after each. */
export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'kill'; readonly at: number; readonly unsynced: 'kept' | 'lost' }
  /** The next request after this point is carried out, and its answer does not arrive. */
  | { readonly kind: 'drop-answer'; readonly at: number }
  | { readonly kind: 'interrupt'; readonly at: number }
  /** The server starts again: logins are gone, and so many requests find nobody there. */
  | { readonly kind: 'restart'; readonly at: number; readonly down: number }
  /** From this call on, counted over those that leave something there, the disk takes nothing more. */
  | { readonly kind: 'disk'; readonly from: number; readonly code: DiskFault }
  /** From this point on the clock is so many milliseconds ahead, or behind where it is less than nothing. */
  | { readonly kind: 'clock'; readonly at: number; readonly by: number };

/** How a command ended. */
export interface InProcessEnd {
  /** null where it was killed. */
  readonly exit: number | null;
  readonly printed: string;
  /** Whether the command got as far as the point of its mishap. */
  readonly met: boolean;
  /** So many writes to repositories and shared credentials were begun after that. */
  readonly savesAfter: number;
  /** Numbers of the points just after each such write. */
  readonly saves: readonly number[];
  /** So many calls to the disk would leave something there. */
  readonly diskWrites: number;
}

/** Where Node tells of every connection that is opened. */
const CONNECTIONS = 'net.client.socket';

/** No process has such a number: Linux stops at 2^22. */
const FIRST_PID = 2 ** 22 + 1;
let pids = 0;

/** A run to carry out: of a plan file, or of an earlier run. */
export interface InProcessCommand {
  readonly verb: 'apply' | 'resume' | 'rollback';
  readonly subject: string;
  readonly concurrency: number;
}

/** Runs one command of the product inside this process, as often and as fast as random tests need it; one at a time. A killed one never goes on. */
export async function runInProcess(
  directory: string,
  command: InProcessCommand | InProcessReading,
  mishap: Mishap,
  restart = (): void => undefined,
): Promise<InProcessEnd> {
  const life = new Life(mishap, restart);
  const printed: string[] = [];
  const output = (): NodeJS.WriteStream =>
    new Writable({ write: (chunk, _encoding, done) => void done(void printed.push(String(chunk))) }) as NodeJS.WriteStream;
  const flags = { config: 'bamboo-rekey.yaml', json: false, quiet: false, noColor: true, noInput: true, logLevel: 'debug' as const };
  const session = await createRuntime({
    ...life.options(),
    ...{ flags, repeats: [], cwd: directory, stdout: output(), stderr: output(), home: pathToFileURL(`${directory}/`) },
  });
  const ended = carryOut(command, session.runtime).then(
    async (result) => {
      if (result === 'shown') return 0;
      session.print((await session.results()).runView(result, session.screen));
      return result.exit;
    },
    (thrown: unknown) => {
      const { code, message, remedy, exit } = toRekeyError(thrown);
      session.runtime.emit({ event: 'ERROR', code, detail: message, remedy });
      return exit;
    },
  );
  const exit = await Promise.race([ended, life.death]);
  await life.settle();
  await session.close();
  return { exit, printed: printed.join(''), met: life.met, savesAfter: life.savesAfter, saves: life.saves, diskWrites: life.diskWrites };
}

/** What only reads a run, or goes back by its snapshot as a file of its own. */
export interface InProcessReading {
  readonly verb: 'verify' | 'show' | 'rollback --snapshot';
  readonly subject: string;
  readonly concurrency: number;
}

async function carryOut({ verb, subject, concurrency }: InProcessCommand | InProcessReading, runtime: Runtime): Promise<RunResult | 'shown'> {
  const pace = { concurrency, maxFailures: 2, onError: 'continue', test: 'sample', yes: true } as const;
  switch (verb) {
    case 'apply':
      return await apply({ ...pace, plan: subject, selection: {} }, runtime);
    case 'resume':
      return await resume({ ...pace, run: subject }, runtime);
    case 'rollback':
      return await rollback({ ...pace, run: subject, selection: {} }, runtime);
    case 'rollback --snapshot':
      return await rollback({ ...pace, snapshot: subject, selection: {} }, runtime);
    case 'verify':
      return await verify({ target: subject, test: 'none', selection: {} }, runtime);
    case 'show':
      await show(subject, runtime);
      return 'shown';
  }
}

/** One pretended process: its points, its open files, and what is under way. */
class Life {
  readonly death: Promise<null>;
  /** Whether the mishap has happened. */
  met = false;
  savesAfter = 0;
  diskWrites = 0;
  readonly saves: number[] = [];
  readonly #mishap: Mishap;
  readonly #restart: () => void;
  readonly #stop = new AbortController();
  readonly #disk = new ForgetfulDisk();
  readonly #open = new Set<OpenFile>();
  readonly #connections = new Set<Socket>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #pid: number;
  #points = 0;
  #dead = false;
  #refused = 0;
  #ahead = 0;
  #die: () => void = () => undefined;

  constructor(mishap: Mishap, restart: () => void) {
    this.#mishap = mishap;
    this.#restart = restart;
    this.#pid = FIRST_PID + pids;
    pids += 1;
    subscribe(CONNECTIONS, this.#onConnection);
    this.death = new Promise((resolve) => {
      this.#die = () => resolve(null);
    });
  }

  options() {
    return {
      version: '0.0.0',
      env: {},
      platform: process.platform,
      // Every other pretended process has ended by now.
      self: { host: hostname(), pid: this.#pid, signal: noSuchProcess },
      stdin: new PassThrough().end() as unknown as NodeJS.ReadStream,
      stop: this.#stop.signal,
      overrides: {
        clock: hastyClock(() => this.#ahead),
        http: (http: Parameters<NonNullable<Overrides['http']>>[0]) => ({
          send: (request: Parameters<typeof http.send>[0]) => {
            const isSave = request.effect === 'write' && isSavePath(new URL(request.url).pathname);
            if (this.met && isSave) this.savesAfter += 1;
            return this.#around(() => http.send(request), isSave ? 'save' : 'request');
          },
        }),
        fileSystem: (fileSystem: FileSystem) => intercept(this.#disk.watch(this.#remember(fileSystem)), (step, act) => this.#onDisk(step, act)),
      } satisfies Overrides,
    };
  }

  /** Waits for what was under way when the command ended, and closes what a dead process would leave to its system. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#underWay]);
    await Promise.allSettled([...this.#open].map((file) => file.close()));
    unsubscribe(CONNECTIONS, this.#onConnection);
    for (const connection of this.#connections) connection.destroy();
    if (this.#dead && this.#mishap.kind === 'kill' && this.#mishap.unsynced === 'lost') this.#disk.forget();
  }

  readonly #onConnection = (told: unknown): void => void this.#connections.add((told as { readonly socket: Socket }).socket);

  async #around<T>(act: () => Promise<T>, kind: 'save' | 'request' | 'disk'): Promise<T> {
    await this.#reach();
    if (kind !== 'disk' && this.#isDown()) throw new RekeyError('SERVER_UNREACHABLE', 'The connection was refused.');
    const acting = act();
    this.#underWay.add(acting);
    try {
      const result = await acting;
      if (kind !== 'disk' && this.#dropsNext()) throw new RekeyError('SERVER_UNREACHABLE', 'The connection ended before the answer.');
      return result;
    } finally {
      this.#underWay.delete(acting);
      if (kind === 'save') this.saves.push(this.#points);
      await this.#reach();
    }
  }

  async #onDisk<T>(step: string, act: () => Promise<T>): Promise<T> {
    if (isDiskWrite(step)) this.diskWrites += 1;
    if (this.#mishap.kind !== 'disk' || !isDiskWrite(step)) return await this.#around(act, 'disk');
    if (this.diskWrites < this.#mishap.from) return await act();
    this.met = true;
    throw systemError(this.#mishap.code);
  }

  #dropsNext(): boolean {
    if (this.#mishap.kind !== 'drop-answer' || this.met || this.#points < this.#mishap.at) return false;
    this.met = true;
    return true;
  }

  #isDown(): boolean {
    if (this.#mishap.kind !== 'restart' || this.#points < this.#mishap.at) return false;
    if (!this.met) this.#restart();
    this.met = true;
    this.#refused += 1;
    return this.#refused <= this.#mishap.down;
  }

  async #reach(): Promise<void> {
    const number = this.#points;
    this.#points += 1;
    if (this.#mishap.kind === 'interrupt' && number === this.#mishap.at) {
      this.met = true;
      this.#stop.abort();
    }
    if (this.#mishap.kind === 'clock' && number === this.#mishap.at) {
      this.met = true;
      this.#ahead = this.#mishap.by;
    }
    if (this.#mishap.kind === 'kill' && number >= this.#mishap.at) {
      this.met = true;
      this.#dead = true;
      this.#die();
      await new Promise(() => undefined);
    }
  }

  #remember(inner: FileSystem): FileSystem {
    const remembered = (file: OpenFile): OpenFile => {
      const own = {
        ...file,
        close: () => {
          this.#open.delete(own);
          return file.close();
        },
      };
      this.#open.add(own);
      return own;
    };
    return { ...inner, create: async (path) => remembered(await inner.create(path)), append: async (path) => remembered(await inner.append(path)) };
  }
}

type Overrides = NonNullable<Parameters<typeof createRuntime>[0]['overrides']>;

/** Nobody waits: a sleep only moves the time on. */
function hastyClock(jumped: () => number): Clock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead + jumped()),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      ahead += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function noSuchProcess(): never {
  throw systemError('ESRCH');
}
