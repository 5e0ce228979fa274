import { appendFileSync } from 'node:fs';
import { RekeyError } from '../../src/core/errors.ts';
import type { Http } from '../../src/core/ports.ts';
import { createRuntime as createRealRuntime, type RuntimeOptions } from '../../src/runtime.ts';
import { BREAK_VARIABLE, type Break } from './break.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';
import { type Around, intercept, systemError } from './intercept.ts';
import { isDiskWrite } from './saves.ts';

const disk = new ForgetfulDisk();
let met = 0;

/** Stands in the bundle of the bin where `src/runtime.ts` would: the same, with its outermost edges breakable. */
export function createRuntime(options: RuntimeOptions): ReturnType<typeof createRealRuntime> {
  const order = options.env[BREAK_VARIABLE];
  if (order === undefined) return createRealRuntime(options);
  const broken = JSON.parse(order) as Break;
  const around = breakAt(broken, options.stop);
  return createRealRuntime({
    ...options,
    overrides: {
      http: (http): Http => ({
        send: (request) => around(`${request.effect} ${request.method} ${new URL(request.url).pathname}`, () => http.send(request)),
      }),
      fileSystem: (fileSystem) => intercept(disk.watch(fileSystem), broken.kind === 'disk' ? failingDisk(broken) : around),
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

function failingDisk({ from, code }: Break & { kind: 'disk' }): Around {
  let calls = 0;
  return async (step, act) => {
    if (!isDiskWrite(step)) return await act();
    calls += 1;
    if (calls >= from) throw systemError(code);
    return await act();
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
