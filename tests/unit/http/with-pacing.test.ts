import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Http, HttpRequest } from '../../../src/core/ports.ts';
import { type PaceChange, withPacing } from '../../../src/http/with-pacing.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';

const BAMBOO = 'https://bamboo.example';
const START = Date.parse('2026-11-24T12:00:00Z');

function request(url: string, effect: 'read' | 'write' = 'read'): HttpRequest {
  return { effect, method: effect === 'read' ? 'GET' : 'POST', url };
}

/** A server that answers each path as told and notes when each request left. */
function server(clock: ManualClock, answers: Readonly<Record<string, { status?: number; headers?: Record<string, string> }>>, stop?: AbortSignal) {
  const left: [path: string, seconds: number][] = [];
  const http: Http = {
    async send({ url }) {
      const path = new URL(url).pathname;
      left.push([path, (clock.now().getTime() - START) / 1000]);
      const { status = 200, headers = {} } = answers[path] ?? {};
      return { status, url, headers, setCookies: [], body: new Uint8Array() };
    },
  };
  return { left, http: withPacing(http, clock, stop === undefined ? {} : { stop }) };
}

const rate = (remaining: number, interval = 60, fill = 10) => ({
  'x-ratelimit-limit': '50',
  'x-ratelimit-remaining': `${remaining}`,
  'x-ratelimit-interval-seconds': `${interval}`,
  'x-ratelimit-fillrate': `${fill}`,
});

/** A server with a bucket of tokens, which it takes when a request arrives; its answer comes after a time of its own. */
class BucketServer implements Http {
  readonly statuses: number[] = [];
  readonly #clock: ManualClock;
  readonly #bucket: { readonly limit: number; readonly fill: number; readonly seconds: number };
  readonly #most: number;
  #tokens: number;
  #filledAt = START;

  constructor(clock: ManualClock, bucket: { readonly limit: number; readonly fill: number; readonly seconds: number }, most: number) {
    this.#clock = clock;
    this.#bucket = bucket;
    this.#most = most;
    this.#tokens = bucket.limit;
  }

  async send({ url }: HttpRequest) {
    const { limit, fill, seconds } = this.#bucket;
    for (; this.#filledAt + seconds * 1000 <= this.#clock.now().getTime(); this.#filledAt += seconds * 1000)
      this.#tokens = Math.min(limit, this.#tokens + fill);
    const status = this.#tokens > 0 ? 200 : 429;
    this.#tokens = Math.max(0, this.#tokens - 1);
    const headers = rate(this.#tokens, seconds, fill);
    await this.#clock.sleep((this.statuses.push(status) * 7919) % this.#most);
    return { status, url, headers, setCookies: [], body: new Uint8Array() };
  }
}

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

  it.each(['0', '-5', 'Tue, 24 Nov 2020 12:00:00 GMT', 'soon'])('takes a 429 with Retry-After "%s" for one that does not say how long', async (value) => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/full': { status: 429, headers: { 'retry-after': value } } });
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
    const few = { headers: rate(1) };
    const { http, left } = server(clock, { '/few': few, '/a': few, '/b': few, '/c': few, '/many': { headers: rate(40) } });
    await http.send(request(`${BAMBOO}/few`));
    await Promise.all(['/a', '/b', '/c'].map((path) => http.send(request(BAMBOO + path))));
    await http.send(request(`${BAMBOO}/many`));
    await Promise.all(['/d', '/e'].map((path) => http.send(request(BAMBOO + path))));
    const times = Object.fromEntries(left);
    expect([times['/a'], times['/b'], times['/c'], times['/many']]).toEqual([0, 6, 12, 18]);
    expect(times['/e']).toBe(times['/d']);
  });

  it('spaces no longer after an answer that tells no rate', async () => {
    const clock = createManualClock();
    const { http, left } = server(clock, { '/few': { headers: rate(1) }, '/fewer': { headers: rate(1) } });
    for (const path of ['/few', '/fewer', '/a', '/b']) await http.send(request(BAMBOO + path));
    expect(left).toEqual([
      ['/few', 0],
      ['/fewer', 0],
      ['/a', 6],
      ['/b', 6],
    ]);
  });

  it.each([
    [{ limit: 10, fill: 10, seconds: 1 }, 30],
    [{ limit: 30, fill: 5, seconds: 10 }, 300],
    [{ limit: 10, fill: 5, seconds: 10 }, 9_000],
  ])('takes no more than %j holds, whatever the order in which up to eight answers of at most %d ms come', async (bucket, most) => {
    const clock = createManualClock();
    const server = new BucketServer(clock, bucket, most);
    const http = withPacing(server, clock);
    const worker = async () => {
      for (let turn = 0; turn < 25; turn += 1) {
        await http.send(request(`${BAMBOO}/a`));
        await clock.sleep((turn * 37) % most);
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(server.statuses.filter((status) => status !== 200)).toEqual([]);
    expect(server.statuses).toHaveLength(200);
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

  it('gives up a long wait when a person stops the command, and lets a short one end', async () => {
    const clock = createManualClock();
    const stop = new AbortController();
    const { http, left } = server(clock, { '/long': { status: 429, headers: { 'retry-after': '20' } }, '/few': { headers: rate(1, 2, 1) } }, stop.signal);
    await http.send(request(`${BAMBOO}/long`));
    const waiting = http.send(request(`${BAMBOO}/a`, 'write'));
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(http.send(request(`${BAMBOO}/b`))).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await http.send(request('https://other.example/few'));
    for (const path of ['/c', '/d']) await http.send(request(`https://other.example${path}`));
    expect(left.map(([path]) => path)).toEqual(['/long', '/few', '/c', '/d']);
  });
});

/** Workers that send one request after another; the server answers as it is just then, and knows how many are under way. */
class Crowd {
  readonly told: PaceChange[] = [];
  /** How many were under way when each request arrived, with the second at which it did. */
  readonly crowd: (readonly [second: number, atOnce: number])[] = [];
  /** For how many milliseconds this process was busy until then. */
  busyAfter: (second: number) => number = () => 0;
  readonly #clock = { ...createManualClock(), busy: () => this.busyAfter(this.#second()) };
  /** What the verbs allow. */
  atMost = Number.POSITIVE_INFINITY;
  #inFlight = 0;

  async work(workers: number, untilSecond: number, answer: (second: number, nth: number) => { ms: number; status?: number }): Promise<void> {
    const http = withPacing({ send: (sent) => this.#answer(sent, answer) }, this.#clock, {
      atMost: () => this.atMost,
      tell: (change) => this.told.push(change),
    });
    const worker = async () => {
      while (this.#second() < untilSecond) await http.send(request(`${BAMBOO}/admin/editLinkedRepository.action`));
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }

  /** The most at once between two moments. */
  most(from: number, to: number): number {
    return Math.max(...this.crowd.flatMap(([second, atOnce]) => (second >= from && second < to ? [atOnce] : [])));
  }

  #second(): number {
    return (this.#clock.now().getTime() - START) / 1000;
  }

  async #answer({ url }: HttpRequest, answer: (second: number, nth: number) => { ms: number; status?: number }) {
    this.#inFlight += 1;
    this.crowd.push([this.#second(), this.#inFlight]);
    const { ms, status = 200 } = answer(this.#second(), this.crowd.length);
    await this.#clock.sleep(ms);
    this.#inFlight -= 1;
    return { status, url, headers: {}, setCookies: [], body: new Uint8Array() };
  }
}

describe('withPacing and a slow server', () => {
  it('keeps all workers busy while the latency stays what it is, give or take some', async () => {
    const crowd = new Crowd();
    await crowd.work(20, 30, (_second, nth) => ({ ms: 100 + (nth % 7) * 10 }));
    expect([crowd.told, crowd.most(0, 30), crowd.crowd.length]).toEqual([[], 20, expect.any(Number)]);
    expect(crowd.crowd.length).toBeGreaterThan((20 * 30) / 0.16);
  });

  it('keeps as many places at the server taken as are allowed, and none more, when more workers want one', async () => {
    const crowd = new Crowd();
    crowd.atMost = 8;
    await crowd.work(10, 30, () => ({ ms: 100 }));
    expect([crowd.told, crowd.most(0, 30), crowd.crowd.length >= 8 * 300]).toEqual([[], 8, true]);
  });

  it('sends fewer at once when it slows down, as many as before when it has recovered, and never more', async () => {
    const crowd = new Crowd();
    await crowd.work(8, 90, (second) => ({ ms: second >= 10 && second < 40 ? 900 : 100 }));
    expect([crowd.most(0, 10), crowd.most(20, 40), crowd.most(60, 90), crowd.most(0, 90)]).toEqual([8, 1, 8, 8]);
    expect(crowd.told.map(({ change, limit }) => `${change} ${limit}`)).toEqual([
      ...['slower 4', 'slower 2', 'slower 1'],
      ...['faster 2', 'faster 3', 'faster 4', 'faster 5', 'faster 6', 'faster 7', 'faster 8'],
    ]);
    expect(crowd.told[0]).toEqual({ host: 'bamboo.example', change: 'slower', limit: 4, most: 8 });
  });

  it('does not blame the server for the time in which this process itself is busy', async () => {
    const crowd = new Crowd();
    crowd.busyAfter = (second) => Math.max(0, second - 10) * 700;
    await crowd.work(8, 40, (second) => ({ ms: second >= 10 ? 400 : 100 }));
    expect([crowd.told, crowd.most(30, 40)]).toEqual([[], 8]);
  });

  it('sends fewer at once to a server that says that it has too much to do', async () => {
    const crowd = new Crowd();
    await crowd.work(8, 30, (second) => ({ ms: 100, status: second < 10 ? 503 : 200 }));
    expect([crowd.most(0, 1), crowd.most(5, 10), crowd.most(25, 30)]).toEqual([8, 1, 8]);
  });

  it('says that the server asks for a pause, once for all workers', async () => {
    const crowd = new Crowd();
    await crowd.work(4, 20, (second) => ({ ms: 100, status: second < 1 ? 429 : 200 }));
    expect(crowd.told.filter(({ change }) => change === 'waiting')).toEqual([{ host: 'bamboo.example', change: 'waiting', limit: 4, most: 4, ms: 5000 }]);
  });

  it('is not slower for a broken connection here and there', async () => {
    const clock = createManualClock();
    const told: PaceChange[] = [];
    let sent = 0;
    const broken: Http = {
      async send({ url }) {
        sent += 1;
        const breaks = sent % 5 === 0;
        await clock.sleep(50);
        if (breaks) throw new RekeyError('SERVER_UNREACHABLE', 'broken');
        return { status: 200, url, headers: {}, setCookies: [], body: new Uint8Array() };
      },
    };
    const http = withPacing(broken, clock, { tell: (change) => told.push(change) });
    const worker = async () => {
      for (let turn = 0; turn < 30; turn += 1) await http.send(request(`${BAMBOO}/a`)).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect([sent, told]).toEqual([240, []]);
  });
});
