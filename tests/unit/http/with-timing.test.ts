import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Http } from '../../../src/core/ports.ts';
import { createHostCount } from '../../../src/http/host-count.ts';
import { type RequestInfo, withTiming } from '../../../src/http/with-timing.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { scriptedHttp } from '../../support/scripted-http.ts';

describe('withTiming', () => {
  it('tells method, host, path, result and time of an answer, and no header, body or query', async () => {
    const clock = createManualClock();
    const wire = scriptedHttp({ status: 204, body: 'body-canary' });
    const slow: Http = {
      send(request) {
        clock.pass(120);
        return wire.send(request);
      },
    };
    const told: RequestInfo[] = [];
    await withTiming(slow, clock, (info) => told.push(info)).send({
      effect: 'write',
      method: 'POST',
      url: 'https://bamboo.example:8443/a/b?token=query-canary',
      headers: { authorization: 'canary' },
      body: 'canary',
    });
    expect(told).toEqual([{ effect: 'write', method: 'POST', host: 'bamboo.example:8443', path: '/a/b', result: 204, ms: 120, bytes: 11 }]);
  });

  it('tells of a failure by its code, and lets it through', async () => {
    const told: RequestInfo[] = [];
    const http = withTiming(scriptedHttp(new RekeyError('TLS_REFUSED', 'no')), createManualClock(), (info) => told.push(info));
    await expect(http.send({ effect: 'read', method: 'GET', url: 'https://bamboo.example/' })).rejects.toMatchObject({ code: 'TLS_REFUSED' });
    expect(told).toMatchObject([{ result: 'TLS_REFUSED', bytes: 0 }]);
  });
});

describe('createHostCount', () => {
  it('adds up requests, failures and milliseconds for each host, in the order of their names', () => {
    const count = createHostCount();
    const info = { effect: 'read', method: 'GET', path: '/', bytes: 0 } as const;
    count.record({ ...info, host: 'b.example', result: 200, ms: 5 });
    count.record({ ...info, host: 'a.example', result: 404, ms: 7 });
    count.record({ ...info, host: 'b.example', result: 'SERVER_UNREACHABLE', ms: 11 });
    expect([...count.hosts()]).toEqual([
      ['a.example', { requests: 1, failures: 0, ms: 7 }],
      ['b.example', { requests: 2, failures: 1, ms: 16 }],
    ]);
  });
});
