import { describe, expect, it } from '@jest/globals';
import { inParallel } from '../../../src/verbs/in-parallel.ts';

const ITEMS = Array.from({ length: 12 }, (_, number) => number);
const running = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('inParallel', () => {
  it.each([1, 4])('has never more than %i under way, and as many as that at some time', async (concurrency) => {
    let now = 0;
    let most = 0;
    await inParallel(ITEMS, concurrency, running, async () => {
      now += 1;
      most = Math.max(most, now);
      for (let turns = 0; turns < 20; turns += 1) await turn();
      now -= 1;
    });
    expect(most).toBe(concurrency);
  });

  it('starts nothing more once it is stopped', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    await inParallel(ITEMS, 1, stop.signal, async (item) => {
      done.push(item);
      if (item === 2) stop.abort();
    });
    expect(done).toEqual([0, 1, 2]);
  });

  it('starts nothing more after a failure, lets what is under way end, and throws it', async () => {
    const done: number[] = [];
    const work = inParallel([0, 1, 2, 3], 2, running, async (item) => {
      if (item === 0) throw new RangeError('broken');
      await turn();
      done.push(item);
    });
    await expect(work).rejects.toThrow('broken');
    expect(done).toEqual([1]);
  });
});
