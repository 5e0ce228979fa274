import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Equal answers to requests that leave at the same moment come back at the same moment, and then wait for each other: the first starts are spread. */
const SPREAD_MS = 12;
/** Short lists are over before a crowd forms. */
const CROWD = 4;

/**
 * The one bounded-parallel function: starts in order, at most `concurrency` at once.
 * An aborted signal means "start nothing more"; what is in flight ends. The first failure stops the rest in the same way and is thrown at the end.
 */
export async function inParallel<T>(items: readonly T[], concurrency: number, stop: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  const limit = pLimit(concurrency);
  const failures: unknown[] = [];
  const crowded = items.length > CROWD * concurrency;
  const step = async (item: T, index: number): Promise<void> => {
    if (crowded && index < concurrency) await sleep(index * SPREAD_MS);
    if (stop.aborted || failures.length > 0) return;
    await work(item).catch((failure: unknown) => failures.push(failure));
  };
  await Promise.all(items.map((item, index) => limit(step, item, index)));
  if (failures.length > 0) throw failures[0];
}
