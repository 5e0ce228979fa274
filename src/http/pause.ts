import { RekeyError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

/** Waits before a request is sent. @throws RekeyError INTERRUPTED when the caller stops: nothing was sent. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    signal?.throwIfAborted();
    if (ms > 0) await clock.sleep(ms, signal);
  } catch (thrown) {
    if (signal?.aborted) throw new RekeyError('INTERRUPTED', 'Stopped while waiting for the server; the request was not sent.');
    throw thrown;
  }
}
