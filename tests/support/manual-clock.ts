import type { Clock } from '../../src/core/ports.ts';

/** A clock that jumps: a sleep ends when all that is ready has run and nothing earlier is waited for. */
export interface ManualClock extends Clock {
  /** How long each sleep was asked to last, in order. */
  readonly sleeps: readonly number[];
  /** Lets time pass while nobody sleeps. */
  pass(ms: number): void;
}

/** Starts at the given moment. */
export function createManualClock(start = '2026-11-24T12:00:00Z'): ManualClock {
  const sleeps: number[] = [];
  const waiting: { readonly until: number; readonly wake: () => void }[] = [];
  let now = Date.parse(start);
  const wakeNext = () => {
    const next = waiting.sort((one, other) => one.until - other.until).shift();
    if (next === undefined) return;
    now = Math.max(now, next.until);
    next.wake();
  };
  return {
    sleeps,
    now: () => new Date(now),
    pass: (ms) => {
      now += ms;
    },
    sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        waiting.push({ until: now + ms, wake: resolve });
        setImmediate(wakeNext);
      });
    },
  };
}
