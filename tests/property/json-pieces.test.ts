import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonPieces } from '../../src/core/json-pieces.ts';

function* lazily<T>(list: readonly T[]): Generator<T> {
  yield* list;
}

describe('JSON in pieces', () => {
  it('is the text that comes whole otherwise', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant(undefined))), (document) => {
        expect([...jsonPieces(document)].join('')).toBe(`${JSON.stringify(document, null, 2)}\n`);
      }),
    );
  });

  it('has a piece of its own for every entry of a list, which may be made as it is asked for', () => {
    const entries = [{ name: 'line\nend' }, { list: [1, [], {}] }];
    const pieces = [...jsonPieces({ before: 1, entries: lazily(entries) })];
    expect(pieces.join('')).toBe(`${JSON.stringify({ before: 1, entries }, null, 2)}\n`);
    expect(pieces.filter((piece) => piece.includes('line\\nend') || piece.includes('[]'))).toHaveLength(2);
  });
});
