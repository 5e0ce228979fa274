import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createNameTable } from '../../../../src/core/log-diagnosis/name-table.ts';

// Three of them in pairs that give the same number.
const NAMES = ['liquid', 'costarring', 'declinate', 'macallums', 'altarage', 'zinke', '', 'shop'];

describe('createNameTable', () => {
  it('finds what was put in under each name, also where two names give the same number', () => {
    const table = createNameTable<string>();
    for (const name of NAMES) {
      expect(table.get(name)).toBeUndefined();
      table.add(name, `of ${name}`);
    }
    expect(NAMES.map((name) => table.get(name))).toEqual(NAMES.map((name) => `of ${name}`));
  });

  it('holds what a map would', () => {
    const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 3 }), fc.nat(2000).map(String));
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (added, asked) => {
        const map = new Map(added.map((each) => [each, {}]));
        const table = createNameTable<object>();
        for (const [each, value] of map) table.add(each, value);
        for (const each of [...added, ...asked]) expect(table.get(each)).toBe(map.get(each));
      }),
      { numRuns: 200 },
    );
  });
});
