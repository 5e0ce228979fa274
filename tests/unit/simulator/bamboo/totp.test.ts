import { describe, expect, it } from '@jest/globals';
import { isTotpCode, totpCode } from '../../../../src/simulator/bamboo/auth/totp.ts';

/** "12345678901234567890", the key of RFC 6238's appendix B, in base 32. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])("is that of RFC 6238's appendix B at second %i", (second, expected) => {
    expect(totpCode(KEY, new Date(second * 1000))).toBe(expected);
  });

  it('is taken one step early and one step late, and no further', () => {
    const taken = [-61, -30, 0, 29, 59, 61].map((shift) =>
      isTotpCode(KEY, totpCode(KEY, new Date(1_200_000_000_000)), new Date(1_200_000_000_000 + shift * 1000)),
    );
    expect(taken).toEqual([false, true, true, true, true, false]);
  });
});
