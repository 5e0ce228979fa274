import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecordScanner } from '../../../../src/store/logs/record-scanner.ts';

const MARK = /MARK|OTHER/;

function recordsOf(log: string | Uint8Array, piece = 100_000): string[] {
  const records: string[] = [];
  const scanner = new RecordScanner(MARK, (record) => records.push(record));
  const bytes = Buffer.from(log);
  for (let at = 0; at < bytes.length; at += piece) scanner.push(bytes.subarray(at, at + piece));
  scanner.end();
  return records;
}

function stamped(second: number, message: string): string {
  return `2026-08-09 10:00:${String(second % 60).padStart(2, '0')},000 INFO [main] ${message}\n`;
}

describe('the scanner', () => {
  it('gives a record with its continuation lines, whichever of its lines holds the mark', () => {
    const trace = 'java.io.IOException: MARK\n\tat a.B.c(B.java:1)\nCaused by: x\n';
    const log = [stamped(1, 'quiet'), stamped(2, 'loud'), trace, stamped(3, 'MARK'), 'more\n', stamped(4, 'quiet')].join('');
    expect(recordsOf(log)).toEqual([stamped(2, 'loud') + trace, `${stamped(3, 'MARK')}more\n`]);
  });

  it('gives a record once, however many marks it holds, and the last one without a line end', () => {
    expect(recordsOf(`${stamped(1, 'MARK and MARK\nand OTHER')}${stamped(2, 'MARK').trimEnd()}`)).toHaveLength(2);
  });

  it('takes what stands before the first time stamp as a record of its own', () => {
    expect(recordsOf(`\tat the end of a MARK\n${stamped(1, 'OTHER')}`)).toEqual(['\tat the end of a MARK\n', stamped(1, 'OTHER')]);
  });

  it('takes each line for a record where no line has a time', () => {
    expect(recordsOf('one\nMARK two\nthree\nOTHER')).toEqual(['MARK two\n', 'OTHER']);
  });

  it('gives the same records however the log is cut into pieces', () => {
    const line = fc.oneof(
      fc.constantFrom('MARK', '\tat x', 'plain', 'Grüße OTHER', '', 'x'.repeat(3000)),
      fc.nat(59).map((second) => stamped(second, second % 3 === 0 ? 'MARK' : 'y'.repeat(second * 40)).trimEnd()),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 120 }), fc.integer({ min: 1, max: 70_000 }), (lines, piece) => {
        const log = [stamped(0, 'first').trimEnd(), ...lines].join('\n');
        const expected = log.split(/(?<=\n)(?=2026-)/).filter((record) => MARK.test(record));
        expect(recordsOf(log, piece)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('shortens a line of 10 MB to its head and what stands around the marks', () => {
    const filler = 'x'.repeat(5_000_000);
    const log = `${stamped(1, `head ${filler} before MARK after ${filler} late OTHER end`)}${stamped(2, 'MARK')}`;
    const [long = '', next] = recordsOf(log);
    expect(long.startsWith('2026-08-09 10:00:01,000 INFO [main] head xxx')).toBe(true);
    expect(long).toContain('x before MARK after x');
    expect(long).toContain('x late OTHER end\n');
    expect(long.length).toBeLessThan(64 * 1024);
    expect(next).toBe(stamped(2, 'MARK'));
  });

  it('finds a mark in a long line wherever it stands', () => {
    const length = 64 * 1024;
    for (let shift = -8; shift <= 8; shift++) {
      const head = stamped(1, '').trimEnd();
      const log = `${head}${'x'.repeat(2 * length - head.length + shift)}MARK${'x'.repeat(length)}\n`;
      expect(recordsOf(log).map((record) => record.includes('xMARKx'))).toEqual([true]);
    }
  });

  it('reads UTF-8, and Latin-1 where it is none', () => {
    const record = stamped(1, 'MARK für Jürgen');
    expect(recordsOf(Buffer.from(record, 'utf8'))).toEqual([record]);
    expect(recordsOf(Buffer.from(record, 'latin1'))).toEqual([record]);
  });
});
