import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HeldLock } from '../../src/core/ports.ts';
import { takeLock } from '../../src/store/lock.ts';
import { intercept, systemError } from '../support/intercept.ts';
import { LosingFileSystem } from '../support/losing-file-system.ts';
import { processTable } from '../support/sample-store.ts';

const SINCE = '2026-03-01T10:00:00.000Z';

/** Three takers, each in a process of its own; `dies` is the call to the disk at which a taker is killed. */
const Takers = fc.array(fc.record({ dies: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined, freq: 1 }) }), { minLength: 2, maxLength: 3 });

describe('lock, in every order of the steps of its takers', () => {
  it('is never held by two that live, and is free for the next one when all are gone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), Takers, fc.boolean(), async (scheduler, takers, abandoned) => {
        const disk = new LosingFileSystem();
        const ended = new Set<number>([1]);
        if (abandoned) await takeLock('/lock', { fileSystem: disk, processes: processTable(1), startedAt: SINCE });
        const inside = new Set<number>();

        const run = async (pid: number, dies: number | undefined): Promise<void> => {
          let calls = 0;
          const fileSystem = intercept(disk, async (step, act) => {
            await scheduler.schedule(Promise.resolve(), `${pid} ${step}`);
            calls += 1;
            if (calls === dies) {
              ended.add(pid);
              inside.delete(pid);
            }
            // A killed process does nothing more, not even its cleaning up.
            if (ended.has(pid)) throw systemError('EKILLED');
            return await act();
          });
          const lock = await takeLock('/lock', { fileSystem, processes: processTable(pid, 'here', ended), startedAt: SINCE }).catch(
            (thrown: unknown): undefined => {
              if (!ended.has(pid)) expect(thrown).toMatchObject({ code: 'LOCKED' });
            },
          );
          if (lock === undefined || ended.has(pid)) return;
          inside.add(pid);
          expect([...inside]).toEqual([pid]);
          await leave(lock, pid, inside);
        };
        const leave = async (lock: HeldLock, pid: number, holders: Set<number>): Promise<void> => {
          await scheduler.schedule(Promise.resolve(), `${pid} works`);
          holders.delete(pid);
          await lock.release();
          if (ended.has(pid) || (await disk.inspect('/lock')) === undefined) return;
          expect(JSON.parse(String(await disk.read('/lock')))).not.toMatchObject({ pid });
        };

        await scheduler.waitFor(Promise.all(takers.map(({ dies }, index) => run(index + 2, dies))));
        const all = new Set([1, 2, 3, 4]);
        await (await takeLock('/lock', { fileSystem: disk, processes: processTable(9, 'here', all), startedAt: SINCE })).release();
        expect((await disk.list('/')).filter((name) => !name.endsWith('.tmp'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
