import { describe, expect, it } from '@jest/globals';
import { understandsTokens } from '../../../../src/simulator/bamboo/version.ts';

describe('a version that sends tokens as Bitbucket wants them', () => {
  it.each(['9.6.16', '9.6.20', '10.2.7', '11.0.4', '11.1.0', '12.1.6', '13.0.0-rc1'])('is %s', (version) => {
    expect(understandsTokens(version)).toBe(true);
  });

  it.each(['8.2.9', '9.5.99', '9.6.15', '9.6.16-m02', '10.0.9', '10.1.9', '10.2.6', '11.0.3', 'eleven', ''])('is not %s', (version) => {
    expect(understandsTokens(version)).toBe(false);
  });
});
