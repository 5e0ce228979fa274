import { expect, it } from '@jest/globals';
import { createBamboo } from '../../../src/bamboo/create-bamboo.ts';
import { Secret } from '../../../src/core/secret.ts';
import { withPacing } from '../../../src/http/with-pacing.ts';
import { withRetry } from '../../../src/http/with-retry.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { type TableAnswer, tableHttp } from '../../support/table-http.ts';
import { failureIn } from './failure-of.ts';

const BASE = '/rest/api/latest';
const INFO = { version: '10.2.7', state: 'RUNNING' };
const SPACED = { 'x-ratelimit-remaining': '0', 'x-ratelimit-interval-seconds': '1', 'x-ratelimit-fillrate': '1' };

async function afterTwo(answers: readonly TableAnswer[]) {
  const clock = createManualClock();
  const table = tableHttp({ [`GET ${BASE}/info`]: answers });
  const http = withRetry(withPacing(table, clock), clock, () => 0);
  const bamboo = createBamboo({ http, url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} });
  await bamboo.info();
  const codes = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => (await failureIn(bamboo.info()))?.code));
  return { codes, sent: table.lines().length };
}

it('sends none of the requests that waited for their turn while the token was refused', async () => {
  const { codes, sent } = await afterTwo([{ headers: SPACED, body: INFO }, { status: 401 }]);
  expect(sent).toBe(2);
  expect(codes).toEqual(Array.from({ length: 6 }, () => 'LOGIN_REFUSED'));
});

it('repeats no read whose token was refused while it waited', async () => {
  const busy = { status: 503, headers: { 'retry-after': '3' } };
  const { codes, sent } = await afterTwo([{ body: INFO }, busy, { status: 401 }, { body: INFO }]);
  expect(codes).toContain('LOGIN_REFUSED');
  // All six were under way at once; of those that may be repeated, none is.
  expect(sent).toBe(7);
});
