import { describe, expect, it } from '@jest/globals';
import { calendarLines } from '../../../src/core/calendar.ts';

/** What a day's calendar says of the entry that holds some words. */
function line(day: string, words: string): string {
  return calendarLines(new Date(day)).find((each) => each.includes(words)) ?? '';
}

describe('the end-of-life calendar', () => {
  it.each([
    ['2026-11-24T12:00:00Z', 'refuses every app password', 'since 28 July 2026: '],
    ['2026-07-28T00:00:00Z', 'refuses every app password', 'since 28 July 2026: '],
    ['2026-07-27T23:59:59Z', 'refuses every app password', 'from 28 July 2026 (in 1 day): '],
    ['2026-07-18T08:00:00Z', 'refuses every app password', 'from 28 July 2026 (in 10 days): '],
    ['2026-06-08T00:00:00Z', 'brownouts', 'from 9 June 2026 (in 1 day) to 27 July 2026: '],
    ['2026-06-09T00:00:00Z', 'brownouts', '9 June 2026 to 27 July 2026 (now): '],
    ['2026-07-27T23:59:59Z', 'brownouts', '9 June 2026 to 27 July 2026 (now): '],
    ['2026-07-28T00:00:00Z', 'brownouts', '9 June 2026 to 27 July 2026 (over): '],
    ['2026-11-24T12:00:00Z', 'CHANGE-2770', 'since 14 April 2026: '],
    ['2026-11-24T12:00:00Z', 'no new app passwords', 'since 9 September 2025: '],
    ['2026-08-30T00:00:00Z', 'first API tokens', 'from 1 September 2026 (in 2 days): '],
  ])('on %s, of "%s"', (day, words, beginning) => {
    expect(line(day, words).slice(0, beginning.length)).toBe(beginning);
  });

  it("ends with Bamboo's own fix releases", () => {
    expect(calendarLines(new Date('2026-11-24')).at(-1)).toBe(
      'API tokens work from Bamboo 9.6.16, 10.2.7, 11.0.4 in their lines, and from 11.1 on (BAM-26156)',
    );
  });
});
