import { appendFileSync } from 'node:fs';
import { RekeyError } from '../../src/core/errors.ts';
import type { Http } from '../../src/core/ports.ts';
import { createRuntime as createRealRuntime, type RuntimeOptions } from '../../src/runtime.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';
import { intercept } from './intercept.ts';

/**
 * What is to happen in a child process. Every request and every call to the disk is two points, "before" and "after", numbered as they are met;
 * no list of them is kept anywhere, so a new step of the product is a point at once.
 */
export type Break =
  /** Writes the name of each point into a file, a line each. */
  | { readonly kind: 'record'; readonly file: string }
  /** `kill -9` at a point; with `lost`, the disk forgets what was not synced, as at a power loss. */
  | { readonly kind: 'kill'; readonly at: number; readonly unsynced: 'kept' | 'lost' }
  /** The request was carried out and its answer does not arrive. */
  | { readonly kind: 'drop-answer'; readonly at: number }
  /** Ctrl-C at each of these points. */
  | { readonly kind: 'interrupt'; readonly at: readonly number[] };

/** The environment variable that holds a `Break` as JSON. */
export const BREAK_VARIABLE = 'BAMBOO_REKEY_TEST_BREAK';

const disk = new ForgetfulDisk();
let met = 0;

/** Stands in the bundle of the bin where `src/runtime.ts` would: the same, with its outermost edges breakable. */
export function createRuntime(options: RuntimeOptions): ReturnType<typeof createRealRuntime> {
  const order = options.env[BREAK_VARIABLE];
  if (order === undefined) return createRealRuntime(options);
  const around = breakAt(JSON.parse(order) as Break, options.stop);
  return createRealRuntime({
    ...options,
    overrides: {
      http: (http): Http => ({
        send: (request) => around(`${request.effect} ${request.method} ${new URL(request.url).pathname}`, () => http.send(request)),
      }),
      fileSystem: (fileSystem) => intercept(disk.watch(fileSystem), around),
    },
  });
}

function breakAt(order: Break, stop: AbortSignal) {
  const reach = async (point: string): Promise<void> => {
    const number = met;
    met += 1;
    if (order.kind === 'record') appendFileSync(order.file, `${point}\n`);
    if (order.kind === 'kill' && order.at === number) await die(order.unsynced);
    if (order.kind === 'drop-answer' && order.at === number) throw new RekeyError('SERVER_UNREACHABLE', `The connection ended ${point}.`);
    if (order.kind === 'interrupt' && order.at.includes(number)) await interrupt(stop);
  };
  return async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    await reach(`before ${step}`);
    try {
      return await act();
    } finally {
      await reach(`after ${step}`);
    }
  };
}

async function die(unsynced: 'kept' | 'lost'): Promise<never> {
  if (unsynced === 'lost') disk.forget();
  process.kill(process.pid, 'SIGKILL');
  return await new Promise(() => undefined);
}

/** Resolves when the signal has been taken; the second one leaves at once, so that this never resolves. */
async function interrupt(stop: AbortSignal): Promise<void> {
  const taken = stop.aborted ? new Promise(() => undefined) : new Promise((resolve) => stop.addEventListener('abort', resolve));
  // Waiting for a signal alone does not keep a process.
  const keeper = setInterval(() => undefined, 1000);
  process.kill(process.pid, 'SIGINT');
  await taken;
  clearInterval(keeper);
}
