import { RekeyError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

/** What may end a wait. */
export interface WaitEnds {
  /** The caller's own: ends it at once. */
  readonly signal?: AbortSignal | undefined;
  /** Of the whole command, for callers without one of their own: what is in flight may end, within limits. */
  readonly stop?: AbortSignal | undefined;
}

/** What is in flight when a person stops may still wait so long; a longer wait is given up. */
const LAST_WAIT_MS = 2_000;

/** Waits before a request is sent. @throws RekeyError INTERRUPTED when the caller, or a person, stops: nothing was sent. */
export async function pause(clock: Clock, ms: number, { signal, stop }: WaitEnds): Promise<void> {
  const ender = signal ?? (ms > LAST_WAIT_MS ? stop : undefined);
  try {
    ender?.throwIfAborted();
    if (ms > 0) await clock.sleep(ms, ender);
  } catch (thrown) {
    if (ender?.aborted) throw new RekeyError('INTERRUPTED', 'Stopped while waiting for the server; the request was not sent.');
    throw thrown;
  }
}
