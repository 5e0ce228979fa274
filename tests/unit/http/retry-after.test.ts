import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from '../../../src/http/retry-after.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['7', 7000],
    [' 1.5 ', 1500],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['999999', 300_000],
    ['9'.repeat(400), 300_000],
    ['Fri, 24 Nov 2034 12:00:30 GMT', 300_000],
  ])('"%s" asks for %s ms', (value, ms) => {
    expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(ms);
  });

  it.each(['0', '-5', '-0', 'Tue, 24 Nov 2020 12:00:00 GMT', 'soon', 'NaN', '1e9', '7 seconds', ''])('"%s" names no wait', (value) => {
    expect(retryAfterMs({ 'retry-after': value }, NOW)).toBeUndefined();
  });

  it('as a date counts by the clock of the server, where that is told', () => {
    const date = 'Tue, 24 Nov 2026 14:00:00 GMT';
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 14:00:20 GMT', date }, NOW)).toBe(20_000);
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 14:00:20 GMT', date: 'today' }, NOW)).toBe(300_000);
  });
});
