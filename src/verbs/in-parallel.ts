import pLimit from 'p-limit';

/**
 * The one bounded-parallel function: starts in order, at most `concurrency` at once.
 * An aborted signal means "start nothing more"; what is in flight ends. The first failure stops the rest in the same way and is thrown at the end.
 */
export async function inParallel<T>(items: readonly T[], concurrency: number, stop: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  const limit = pLimit(concurrency);
  const failures: unknown[] = [];
  const step = async (item: T): Promise<void> => {
    if (stop.aborted || failures.length > 0) return;
    await work(item).catch((failure: unknown) => failures.push(failure));
  };
  await Promise.all(items.map((item) => limit(step, item)));
  if (failures.length > 0) throw failures[0];
}
