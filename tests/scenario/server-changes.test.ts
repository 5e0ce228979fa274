import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { HttpResponse } from '../../src/core/ports.ts';
import { createMigrator } from '../../src/migrator.ts';
import { type Simulator, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const CONCURRENCY = 2;
let simulator: Simulator;

afterEach(() => simulator.stop());

const told = (response: HttpResponse, info: object): HttpResponse => ({ ...response, body: Buffer.from(JSON.stringify(info)) });

it.each([
  [{ version: '9.6.0', state: 'RUNNING' }, 4, /version 9\.6\.0 now, and was of /],
  [{ version: '10.2.7', state: 'PREPARING_FOR_RESTART' }, 0, /state PREPARING_FOR_RESTART now, and was in RUNNING/],
])(
  'a server that tells %j from the second save on is written to no more than to the next checkpoint, and a resume checks again',
  async (info, resumed, why) => {
    simulator = await startSimulator({ repositories: 60, seed: 'changes', version: '10.2.7' });
    const directory = temporary();
    await writeSimulatorConfig(simulator, join(directory, 'bamboo-rekey.yaml'));
    let saves = 0;
    let savesWhenTold: number | undefined;
    let isChanged = true;
    const migrator = createMigrator(join(directory, 'bamboo-rekey.yaml'), {
      directory,
      // Answers take no time on it, so that each checkpoint asks.
      clock: createManualClock(new Date().toISOString()),
      http: (http) => ({
        send: async (request) => {
          if (request.effect === 'write' && request.url.startsWith(simulator.bambooUrl)) saves += 1;
          const response = await http.send(request);
          if (!isChanged || saves < 2 || !request.url.endsWith('/latest/info')) return response;
          savesWhenTold ??= saves;
          return told(response, info);
        },
      }),
    });
    const { plan } = await migrator.plan();
    saves = 0;
    await migrator.savePlan(join(directory, 'plan.json'), plan);
    const { run, exit, tally, items } = await migrator.apply({
      plan: join(directory, 'plan.json'),
      yes: true,
      test: 'none',
      concurrency: CONCURRENCY,
      batch: 5,
    });
    keepPrinted(directory, 'apply', JSON.stringify(items));
    expect(exit).toBe(5);
    // What was under way when the answer came still ends.
    expect(saves - (savesWhenTold ?? 0)).toBeLessThanOrEqual(CONCURRENCY);
    expect(tally.changed).toBe(saves);
    expect(tally).toMatchObject({ failed: 0, unknown: 0, drifted: 0, skipped: tally.total - tally.changed });
    expect(items.find(({ outcome }) => outcome === 'skipped')?.reason).toMatch(why);
    isChanged = resumed !== 0;
    const resume = migrator.resume({ run: run ?? '', yes: true, test: 'none' });
    if (resumed === 0) expect(await resume).toMatchObject({ exit: 0, tally: { changed: tally.total } });
    else await expect(resume).rejects.toMatchObject({ code: 'VERSION_UNSUPPORTED', exit: resumed });
  },
);
