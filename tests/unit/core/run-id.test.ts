import { describe, expect, it } from '@jest/globals';
import { runId } from '../../../src/core/run-id.ts';

describe('a run id', () => {
  it('holds the moment and some noise', () => {
    expect(runId(new Date('2026-11-24T21:03:11.789Z'), Uint8Array.of(0x1f, 0x03, 0x9c))).toBe('2026-11-24T21-03-11-789Z-1f039c');
  });

  it.each([
    ['2026-11-24T09:59:59Z', '2026-11-24T10:00:00Z'],
    // "latest" is the rollback, not the apply that it followed within a second.
    ['2026-11-24T10:00:00.120Z', '2026-11-24T10:00:00.480Z'],
  ])('sorts %s before %s', (one, other) => {
    const early = runId(new Date(one), Uint8Array.of(255));
    const late = runId(new Date(other), Uint8Array.of(0));
    expect([late, early].sort()).toEqual([early, late]);
  });

  it.each([
    ['the clock was set back by two days', '2026-11-26T21-03-11-789Z-ffffff', '2026-11-26T21-03-11-790Z-00'],
    ['two runs begin in one millisecond', '2026-11-24T21-03-11-789Z-ffffff', '2026-11-24T21-03-11-790Z-00'],
    ['the newest run is older', '2026-11-24T21-03-11-788Z-ffffff', '2026-11-24T21-03-11-789Z-00'],
    ['the newest run was given another name', 'zzz', '2026-11-24T21-03-11-789Z-00'],
    ['the name of the newest is no moment', '2026-99-24T21-03-11-789Z-ffffff', '2026-11-24T21-03-11-789Z-00'],
  ])('is found behind the newest run where %s', (_what, newest, id) => {
    expect(runId(new Date('2026-11-24T21:03:11.789Z'), Uint8Array.of(0), newest)).toBe(id);
  });
});
