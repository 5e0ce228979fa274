import { describe, expect, it } from '@jest/globals';
import { beginsRecord, isoTime, timeStamp } from '../../../../src/core/log-diagnosis/record-start.ts';

function told(line: string): string | undefined {
  const stamp = timeStamp(line);
  return stamp && isoTime(stamp.time);
}

describe('the time of a record', () => {
  it.each([
    ['2025-08-09 10:34:20,418 WARN [main]', '2025-08-09T10:34:20.418'],
    ['2025-08-09 10:34:20.418 WARN', '2025-08-09T10:34:20.418'],
    ['2025-08-09T10:34:20Z WARN', '2025-08-09T10:34:20Z'],
    ['2025-08-09T10:34:20.418+02:00 WARN', '2025-08-09T10:34:20.418+02:00'],
    ['[2025-08-09 10:34:20] WARN', '2025-08-09T10:34:20'],
    ['2025-08-09 10:34:20.4 WARN', '2025-08-09T10:34:20.4'],
    ['2025-08-09 10:34:20.418999 WARN', '2025-08-09T10:34:20.418'],
    ['2025/08/09 10:34:20 WARN', '2025-08-09T10:34:20'],
    ['09-Aug-2025 10:34:20.418 INFO [main] org.apache', '2025-08-09T10:34:20.418'],
    ['error\t9-Aug-2025 10:34:20\tfatal: no', '2025-08-09T10:34:20'],
  ])('%s', (line, time) => {
    expect(beginsRecord(line, 0)).toBe(true);
    expect(told(line)).toBe(time);
    expect(beginsRecord(`x\n${line}`, 2)).toBe(true);
  });

  it.each([
    '\tat com.atlassian.Foo(Foo.java:10)',
    'Caused by: java.io.IOException',
    '',
    '2025',
    '2025-08-09 no time',
    ' 2025-08-09 10:34:20,418',
    '12345',
    '2025-13-09 10:34:20,418',
    '2025-08-32T10:34:20',
    '2025-08-09 24:34:20,418',
    '[2025-08-09 10:60:20]',
    '32-Aug-2025 10:34:20',
  ])('is not in: %s', (line) => {
    expect(beginsRecord(line, 0)).toBe(false);
    expect(told(line)).toBeUndefined();
  });
});
