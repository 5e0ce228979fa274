import { describe, expect, it } from '@jest/globals';
import type { Http, HttpRequest } from '../../../src/core/ports.ts';
import { withPacing } from '../../../src/http/with-pacing.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';

const BAMBOO = 'https://bamboo.example';
const START = Date.parse('2026-11-24T12:00:00Z');

function request(url: string, effect: 'read' | 'write' = 'read'): HttpRequest {
  return { effect, method: effect === 'read' ? 'GET' : 'POST', url };
}

/** A server that answers each path as told and notes when each request left. */
function server(clock: ManualClock, answers: Readonly<Record<string, { status?: number; headers?: Record<string, string> }>>) {
  const left: [path: string, seconds: number][] = [];
  const http: Http = {
    async send({ url }) {
      const path = new URL(url).pathname;
      left.push([path, (clock.now().getTime() - START) / 1000]);
      const { status = 200, headers = {} } = answers[path] ?? {};
      return { status, url, headers, setCookies: [], body: new Uint8Array() };
    },
  };
  return { left, http: withPacing(http, clock) };
}

const rate = (remaining: number, interval = 60, fill = 10) => ({
  'x-ratelimit-limit': '50',
  'x-ratelimit-remaining': `${remaining}`,
  'x-ratelimit-interval-seconds': `${interval}`,
  'x-ratelimit-fillrate': `${fill}`,
});

describe('withPacing', () => {
  it('holds nobody up while the server says nothing', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, {});
    await Promise.all(['/a', '/b', '/c'].map((path) => http.send(request(BAMBOO + path))));
    expect([left.length, clock.sleeps]).toEqual([3, []]);
  });

  it('lets all workers wait out one Retry-After, and gives the 429 back to its caller', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429, headers: { 'retry-after': '20' } } });
    expect((await http.send(request(`${BAMBOO}/full`, 'write'))).status).toBe(429);
    await Promise.all(['/a', '/b'].map((path) => http.send(request(BAMBOO + path))));
    expect(left).toEqual([
      ['/full', 0],
      ['/a', 20],
      ['/b', 20],
    ]);
  });

  it('waits after a 503 that says how long, and not after one that does not', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/away': { status: 503 }, '/away-long': { status: 503, headers: { 'retry-after': '9' } } });
    for (const path of ['/away', '/away-long', '/a']) await http.send(request(BAMBOO + path));
    expect(left).toEqual([
      ['/away', 0],
      ['/away-long', 0],
      ['/a', 9],
    ]);
  });

  it('waits by the clock after a 429 that does not say how long', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429 } });
    for (const path of ['/full', '/a']) await http.send(request(BAMBOO + path));
    expect(left).toEqual([
      ['/full', 0],
      ['/a', 5],
    ]);
  });

  it('never waits longer than five minutes', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429, headers: { 'retry-after': '86400' } } });
    for (const path of ['/full', '/a']) await http.send(request(BAMBOO + path));
    expect(left).toEqual([
      ['/full', 0],
      ['/a', 300],
    ]);
  });

  it('has one gate for each origin', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429, headers: { 'retry-after': '20' } } });
    await http.send(request(`${BAMBOO}/full`));
    await http.send(request('https://api.bitbucket.org/2.0/user'));
    await http.send(request('https://bamboo.example:8443/a'));
    expect(left.map(([, at]) => at)).toEqual([0, 0, 0]);
  });

  it('spaces the requests when few are left, one at a time, and hurries again when there are many', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/few': { headers: rate(1) }, '/many': { headers: rate(40) } });
    await http.send(request(`${BAMBOO}/few`));
    await Promise.all(['/a', '/b', '/c'].map((path) => http.send(request(BAMBOO + path))));
    await http.send(request(`${BAMBOO}/many`));
    await Promise.all(['/d', '/e'].map((path) => http.send(request(BAMBOO + path))));
    const times = Object.fromEntries(left);
    expect([times['/a'], times['/b'], times['/c'], times['/many']]).toEqual([0, 6, 12, 18]);
    expect(times['/e']).toBe(times['/d']);
  });

  it('waits a whole interval when none is left', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/last': { headers: rate(0, 15, 5) } });
    for (const path of ['/last', '/a']) await http.send(request(BAMBOO + path));
    expect(left).toEqual([
      ['/last', 0],
      ['/a', 15],
    ]);
  });

  it.each([{ 'x-ratelimit-remaining': 'lots' }, { 'x-ratelimit-remaining': '-1' }, { 'x-ratelimit-limit': '5' }])(
    'does not stumble over %j',
    async (headers) => {
      const clock = createManualClock();
      const { http, left } = server(clock, { '/odd': { headers } });
      for (const path of ['/odd', '/a']) await http.send(request(BAMBOO + path));
      expect(left).toEqual([
        ['/odd', 0],
        ['/a', 0],
      ]);
    },
  );

  it('sends nothing when the caller stops while waiting', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429, headers: { 'retry-after': '20' } } });
    await http.send(request(`${BAMBOO}/full`));
    await expect(http.send({ ...request(`${BAMBOO}/a`), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(left).toHaveLength(1);
  });
});
