import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../../../src/simulator/index.ts';

let simulator: Simulator;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-24T12:00:00Z');
  simulator = await startSimulator({ repositories: 4, now: () => new Date(now) });
  simulator.switches.rateLimit = { limit: 3, fillRate: 2, intervalSeconds: 10 };
});
afterEach(() => simulator.stop());

const asToken = () => ({ Authorization: `Bearer ${simulator.restToken}` });
const asViewer = () => ({ Authorization: `Basic ${btoa(`${simulator.viewer.username}:${simulator.viewer.password}`)}` });

/** Status, and what is left; `null` where nothing is told. */
async function ask(headers: Record<string, string>, path = '/rest/api/latest/info'): Promise<[number, string | null]> {
  const response = await fetch(simulator.bambooUrl + path, { headers });
  await response.text();
  return [response.status, response.headers.get('x-ratelimit-remaining')];
}

describe('rate limiting', () => {
  it('is off until it is switched on', async () => {
    simulator.switches.rateLimit = 'off';
    expect(await ask(asToken())).toEqual([200, null]);
  });

  it('tells what is left, refuses who has nothing left, and gives tokens back after whole intervals, up to the limit', async () => {
    const asked = async (times: number) => (await Promise.all(Array.from({ length: times }, () => ask(asToken())))).sort();
    expect(await asked(4)).toEqual([
      [200, '0'],
      [200, '1'],
      [200, '2'],
      [429, '0'],
    ]);
    now += 9_999;
    expect(await ask(asToken())).toEqual([429, '0']);
    now += 1;
    expect(await ask(asToken())).toEqual([200, '1']);
    now += 60_000;
    expect(await ask(asToken())).toEqual([200, '2']);
  });

  it('says with a refusal how long it is until the next tokens, and what the bucket is like', async () => {
    for (let turn = 0; turn < 3; turn += 1) await ask(asToken());
    now += 4_000;
    const { status, headers } = await fetch(`${simulator.bambooUrl}/rest/api/latest/info`, { headers: asToken() });
    const told = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-interval-seconds', 'x-ratelimit-fillrate'].map((name) => headers.get(name));
    expect([status, ...told]).toEqual([429, '6', '3', '10', '2']);
  });

  it('counts each user alone, whichever way the user comes in, and nobody who is not known', async () => {
    await ask(asToken());
    expect(await ask({ Cookie: simulator.openSession() }, '/start.action')).toEqual([200, '1']);
    expect(await ask(asViewer())).toEqual([200, '2']);
    expect(await ask({}, '/rest/api/latest/status')).toEqual([200, null]);
  });

  it('does nothing of a refused request', async () => {
    for (let turn = 0; turn < 3; turn += 1) await ask(asToken());
    const [plan] = simulator.plans();
    const response = await fetch(`${simulator.bambooUrl}/rest/api/latest/queue/${plan?.key}`, { method: 'POST', headers: asToken() });
    expect([response.status, simulator.builds()]).toEqual([429, []]);
  });
});
