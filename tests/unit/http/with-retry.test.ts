import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Clock, HttpRequest } from '../../../src/core/ports.ts';
import { withRetry } from '../../../src/http/with-retry.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { type Scripted, scriptedHttp } from '../../support/scripted-http.ts';

const READ: HttpRequest = { effect: 'read', method: 'GET', url: 'https://bamboo.example/rest' };
const BROKEN = new RekeyError('SERVER_UNREACHABLE', 'broken');

async function run(request: HttpRequest, script: readonly Scripted[], chance = 1) {
  const clock = createManualClock();
  const http = scriptedHttp(...script);
  const result = await withRetry(http, clock, () => chance)
    .send(request)
    .then(
      (answer) => answer.status,
      (thrown: unknown) => (thrown as RekeyError).code,
    );
  return { result, sleeps: clock.sleeps, left: http.left };
}

describe('withRetry', () => {
  it.each([429, 502, 503, 504])('repeats a read that was answered %s', async (status) => {
    expect(await run(READ, [{ status }, { status: 200 }])).toMatchObject({ result: 200, left: 0 });
  });

  it('repeats a read whose connection broke', async () => {
    expect(await run(READ, [BROKEN, BROKEN, { status: 200 }])).toMatchObject({ result: 200, left: 0, sleeps: [400, 800] });
  });

  it.each([200, 302, 400, 401, 403, 404, 410, 500, 501])('takes %s as it is', async (status) => {
    expect(await run(READ, [{ status }])).toEqual({ result: status, sleeps: [], left: 0 });
  });

  it.each(['TLS_REFUSED', 'INTERRUPTED', 'CONFIG_INVALID'] as const)('does not repeat after %s', async (code) => {
    expect(await run(READ, [new RekeyError(code, 'no')])).toEqual({ result: code, sleeps: [], left: 0 });
  });

  it.each([
    [{ status: 503 }, 503],
    [{ status: 429 }, 429],
    [BROKEN, 'SERVER_UNREACHABLE'],
  ])('never repeats a write', async (first, result) => {
    expect(await run({ ...READ, effect: 'write', method: 'POST' }, [first])).toEqual({ result, sleeps: [], left: 0 });
  });

  it('gives up after five attempts with the last answer, or the last error', async () => {
    const away = { status: 503 };
    expect(await run(READ, [away, away, away, away, { status: 502 }])).toEqual({ result: 502, left: 0, sleeps: [400, 800, 1600, 3200] });
    expect(await run(READ, [away, away, away, away, BROKEN])).toMatchObject({ result: 'SERVER_UNREACHABLE', left: 0 });
  });

  it('waits longer after a refusal for the rate that does not say how long', async () => {
    expect((await run(READ, [{ status: 429, body: 'Rate limit for this resource has been exceeded' }, { status: 429 }, {}])).sleeps).toEqual([5000, 10_000]);
  });

  it('spreads the waits by chance, never below half', async () => {
    expect((await run(READ, [BROKEN, {}], 0)).sleeps).toEqual([200]);
    expect((await run(READ, [BROKEN, {}], 0.5)).sleeps).toEqual([300]);
  });

  it.each([
    ['7', 7000],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['999999', 300_000],
    ['Fri, 24 Nov 2034 12:00:30 GMT', 300_000],
    ['0', 400],
    ['-5', 400],
    ['Tue, 24 Nov 2020 12:00:00 GMT', 400],
    ['soon', 400],
    ['', 400],
  ])('waits after Retry-After "%s" for %s ms', async (value, wait) => {
    expect((await run(READ, [{ status: 503, headers: { 'retry-after': value } }, {}])).sleeps).toEqual([wait]);
  });

  it('stops waiting when the caller stops, and sends nothing more', async () => {
    const stop = new AbortController();
    const clock = createManualClock();
    const http = scriptedHttp({ status: 503 });
    const stopping: Clock = {
      now: clock.now,
      sleep(ms, signal) {
        stop.abort();
        return clock.sleep(ms, signal);
      },
    };
    const sending = withRetry(http, stopping, () => 1).send({ ...READ, signal: stop.signal });
    await expect(sending).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(http.left).toBe(0);
  });

  it('gives up a long wait when a person stops the command, and still lets what is in flight try again soon', async () => {
    const stopped = AbortSignal.abort();
    const http = scriptedHttp({ status: 503 }, { status: 200 }, { status: 503, headers: { 'retry-after': '30' } });
    const reading = withRetry(http, createManualClock(), () => 1, stopped);
    expect((await reading.send(READ)).status).toBe(200);
    await expect(reading.send(READ)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
