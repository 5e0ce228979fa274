import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalDigest, canonicalJson, sha256 } from '../../../src/core/canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys by their code units at every depth, and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 'ü' }, 2], B: null, 10: 0, 9: 0, '-': 0, ä: true, a: undefined })).toBe(
      '{"-":0,"10":0,"9":0,"B":null,"b":[{"a":"ü","z":1},2],"ä":true}',
    );
  });

  it('is the same for equal values, however they were built', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has the same digest in pieces as in one', () => {
    const AnyDocument = fc.oneof(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })),
      fc.constant({ lists: [[undefined, 1], undefined, { gone: undefined }], gone: undefined }),
    );
    fc.assert(
      fc.property(AnyDocument, (value) => {
        expect(canonicalDigest(value)).toBe(sha256(canonicalJson(value)));
      }),
    );
  });
});
