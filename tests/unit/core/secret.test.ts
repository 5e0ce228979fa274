import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.ts';

describe('a secret', () => {
  const secret = new Secret('ATATT3-clear-value');

  it.each([
    ['string interpolation', `${secret}`],
    ['JSON', JSON.stringify({ nested: [secret] })],
    ['inspection, even of hidden fields', inspect({ nested: secret }, { showHidden: true, depth: 9 })],
    ['joining', ['', secret].join()],
    ['an enumeration of its keys', Object.entries(secret).join()],
  ])('is not printed by %s', (_way, printed) => {
    expect(printed).not.toContain('clear-value');
  });

  it('is given to the wire as it is', () => {
    expect(secret.reveal()).toBe('ATATT3-clear-value');
  });

  it('is compared by value', () => {
    expect(secret.equals(new Secret('ATATT3-clear-value'))).toBe(true);
    expect(secret.equals(new Secret('ATATT3-clear-valu'))).toBe(false);
    expect(secret.digest()).toBe(new Secret('ATATT3-clear-value').digest());
    expect(secret.digest()).not.toContain('clear');
  });
});
