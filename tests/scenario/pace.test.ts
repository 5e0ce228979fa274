import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { RunEvent } from '../../src/core/events.ts';
import type { Clock } from '../../src/core/ports.ts';
import { createMigrator, type Migrator } from '../../src/migrator.ts';
import { type Simulator, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { noteFigure } from '../support/figures.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

jest.setTimeout(120_000);
const temporary = temporaryDirectories();
const WORKERS = 8;
let simulator: Simulator;
let directory: string;
/** What the product and the server take for the time. */
let now = Date.parse('2026-11-24T12:00:00Z');

async function start(repositories: number): Promise<Client> {
  simulator = await startSimulator({ repositories, seed: 'pace', now: () => new Date(now) });
  directory = temporary();
  await writeSimulatorConfig(simulator, join(directory, 'bamboo-rekey.yaml'));
  return new Client();
}

afterEach(() => simulator.stop());

/** All that a run gives to who called it. */
function kept<T>(name: string, result: T): T {
  keepPrinted(directory, name, JSON.stringify(result));
  return result;
}

/** A request as it left for Bamboo. */
interface Left {
  readonly at: number;
  readonly method: string;
  /** How many were under way with it. */
  readonly atOnce: number;
}

/** The product in this process, on a clock that only moves where it is told to, and in sleep while nothing is under way: how busy this machine is changes nothing. */
class Client {
  readonly left: Left[] = [];
  readonly statuses: number[] = [];
  readonly events: RunEvent[] = [];
  readonly stop = new AbortController();
  readonly migrator: Migrator;
  /** How long Bamboo takes for its nth answer. */
  latency: (nth: number) => number = () => 0;
  /** A person presses Ctrl-C in a wait that is longer. */
  patienceMs = Number.POSITIVE_INFINITY;
  #inFlight = 0;

  constructor() {
    this.migrator = createMigrator(join(directory, 'bamboo-rekey.yaml'), {
      directory,
      clock: this.#clock(),
      stop: this.stop.signal,
      onEvent: (event) => this.events.push(kept('an event', event)),
      http: (http) => ({
        send: async (request) => {
          if (!request.url.startsWith(simulator.bambooUrl)) return http.send(request);
          this.#inFlight += 1;
          this.left.push({ at: now, method: request.method, atOnce: this.#inFlight });
          try {
            const response = await http.send(request);
            now += this.latency(this.statuses.push(response.status));
            return response;
          } finally {
            this.#inFlight -= 1;
          }
        },
      }),
    });
  }

  async plan(): Promise<string> {
    const { plan } = await this.migrator.plan();
    const path = join(directory, 'plan.json');
    await this.migrator.savePlan(path, plan);
    this.left.length = 0;
    this.statuses.length = 0;
    return path;
  }

  told(name: RunEvent['event']): RunEvent[] {
    return this.events.filter(({ event }) => event === name);
  }

  #clock(): Clock {
    return {
      now: () => new Date(now),
      sleep: async (ms, signal) => {
        if (ms > this.patienceMs) this.stop.abort();
        signal?.throwIfAborted();
        const until = now + ms;
        while (now < until) {
          await new Promise((resolve) => setImmediate(resolve));
          if (this.#inFlight === 0) now = Math.max(now, until);
        }
      },
    };
  }
}

/** User names that the server holds, by the id of the repository. */
function usernames(): Map<string, string> {
  return new Map(simulator.repositories().map(({ id, settings }) => [id, settings['repository.bitbucket.username'] ?? '']));
}

describe('apply', () => {
  it('sends less at once while the server is slow, may send as much as before when it is not, and never sends more than configured', async () => {
    const client = await start(110);
    const plan = await client.plan();
    client.latency = (nth) => (nth > 30 && nth <= 60 ? 300 : 0);
    const { exit, tally } = kept('apply', await client.migrator.apply({ plan, yes: true, test: 'none', concurrency: WORKERS }));
    expect([exit, tally.changed]).toEqual([0, tally.total]);
    const most = (from: number, to?: number) => Math.max(...client.left.slice(from, to).map(({ atOnce }) => atOnce));
    // How many are seen at the wire while they may is a matter of their disks; that all places are taken: tests/unit/http/with-pacing.test.ts.
    expect([most(0) <= WORKERS, most(55, 60)]).toEqual([true, 1]);
    const told = client.told('PACE').flatMap((event) => (event.event === 'PACE' ? [event] : []));
    expect(told.map(({ change }) => change).filter((change, index, all) => change !== all[index - 1])).toEqual(['slower', 'faster']);
    expect(told.filter(({ change }) => change === 'slower').at(-1)?.limit).toBe(1);
    expect(told.at(-1)?.limit).toBe(told.at(-1)?.most);
    noteFigure({
      promises: ['pace'],
      what: 'requests at a server that slows down and recovers, never above the limit set',
      count: client.left.length,
      varies: true,
    });
  });

  it.each([
    { limit: 10, fillRate: 10, intervalSeconds: 1 },
    { limit: 20, fillRate: 5, intervalSeconds: 10 },
  ])('takes no more than the server grants, all workers together, so that nothing is refused: %j', async (bucket) => {
    const client = await start(40);
    const plan = await client.plan();
    simulator.switches.rateLimit = bucket;
    const { exit, tally } = kept('apply', await client.migrator.apply({ plan, yes: true, test: 'none', concurrency: WORKERS }));
    expect([exit, tally.changed, client.statuses.filter((status) => status >= 400)]).toEqual([0, tally.total, []]);
    // Answers take no time here: all that passed was waited for, so more was wanted than was there.
    expect(now).toBeGreaterThan(client.left[0]?.at ?? now);
    expect(Math.max(...client.left.map(({ atOnce }) => atOnce))).toBeLessThanOrEqual(WORKERS);
    noteFigure({ promises: ['pace'], what: 'requests within what a server grants, none refused', count: client.left.length, varies: true });
  });

  it('keeps everybody busy while the server answers as ever', async () => {
    const client = await start(40);
    const plan = await client.plan();
    client.latency = (nth) => nth % 5;
    await client.migrator.apply({ plan, yes: true, concurrency: WORKERS });
    expect(client.told('PACE')).toEqual([]);
  });

  it('lets all workers wait out the Retry-After of one, and does not take a refused write for written', async () => {
    const client = await start(40);
    const plan = await client.plan();
    const before = usernames();
    simulator.fault({ kind: 'rate-limit', method: 'POST', path: '/update', skip: 6, retryAfterSeconds: 20 });
    const { tally, items } = kept('apply', await client.migrator.apply({ plan, yes: true, test: 'none', concurrency: WORKERS }));
    const refusals = client.statuses.filter((status) => status === 429);
    const waits = client.left.map(({ at }) => at).filter((at, index, all) => index > 0 && at - (all[index - 1] ?? at) >= 20_000);
    expect([refusals.length, waits.length, tally.failed, tally.changed]).toEqual([1, 1, 1, tally.total - 1]);
    const failed = items.find(({ outcome }) => outcome === 'failed');
    expect(failed?.reason).toMatch(/limits requests \(429\); nothing was stored/);
    expect(usernames().get(failed?.id ?? '')).toBe(before.get(failed?.id ?? ''));
    expect(client.told('PACE')).toEqual([
      { event: 'PACE', host: new URL(simulator.bambooUrl).host, change: 'waiting', limit: expect.any(Number), most: expect.any(Number), ms: 20_000 },
    ]);
  });

  it.each(['GET', 'POST'])('ends a long wait after a 429 to a %s at Ctrl-C, keeps its state, and a resume finishes', async (method) => {
    const client = await start(40);
    const plan = await client.plan();
    client.patienceMs = 10_000;
    simulator.fault({ kind: 'rate-limit', method, path: 'Repository', skip: 12, retryAfterSeconds: 250 });
    const { exit, run, tally } = kept('apply', await client.migrator.apply({ plan, yes: true, test: 'none', concurrency: WORKERS }));
    expect([exit, tally.skipped > 0]).toEqual([130, true]);
    expect(client.left.every(({ at }) => at === client.left[0]?.at)).toBe(true);
    const later = new Client();
    expect((await later.migrator.show(run ?? '')).exit).toBe(130);
    const resumed = await later.migrator.resume({ run: run ?? '', yes: true, test: 'none' });
    expect([resumed.tally.unknown, resumed.tally.skipped]).toEqual([0, 0]);
  });
});
