import { describe, expect, it } from '@jest/globals';
import { runId } from '../../../src/core/run-id.ts';

describe('a run id', () => {
  it('holds the second and some noise', () => {
    expect(runId(new Date('2026-11-24T21:03:11.789Z'), Uint8Array.of(0x1f, 0x03, 0x9c))).toBe('2026-11-24T21-03-11Z-1f039c');
  });

  it('sorts by time', () => {
    const early = runId(new Date('2026-11-24T09:59:59Z'), Uint8Array.of(255));
    const late = runId(new Date('2026-11-24T10:00:00Z'), Uint8Array.of(0));
    expect([late, early].sort()).toEqual([early, late]);
  });
});
