import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DefinitionReader } from '../../src/database/definition.ts';

/** Pieces that definitions are made of, well-formed and not, in any order and nesting. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.stringMatching(/^[a-z.&<\]> ]{0,8}$/), fc.string({ maxLength: 8, unit: 'grapheme' }))
      .map(([key, value]) => `<entry><string>${key}</string><string>${value}</string></entry>`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('repository.bitbucket.username', 'repository.bitbucket.password', 'a'), fc.constantFrom('ci', ' x ', 'BAMSCRT@0@0@x', ''))
      .map(([key, value]) => `<entry>\n <string>${key}</string>\t<string>${value}</string> </entry>`),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '<serverConfiguration>',
      '</serverConfiguration>',
      '<entry>',
      '</entry>',
      '<string>',
      '</string>',
      '<map>',
      '</map>',
      '<null/>',
      '<configuration>',
      '</configuration>',
      'text',
      '\n',
      '&amp;',
      '&#64;',
    ),
  },
);
const documents = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => `<repository>${pieces.join('')}</repository>`),
  fc.array(piece, { maxLength: 12 }).map((pieces) => `<repository><serverConfiguration>${pieces.join('')}</serverConfiguration></repository>`),
);

describe('plain entries are read past the parser for speed', () => {
  it.each([true, false])('and every document gives what the parser alone gives (everything: %s)', (everything) => {
    const reader = new DefinitionReader(everything);
    fc.assert(
      fc.property(documents, (xml) => {
        // A comment makes the reader leave the whole document to the parser.
        const [fast, slow] = [reader.read(xml), reader.read(`${xml}<!-- -->`)];
        expect(fast.kind).toBe(slow.kind);
        if (slow.kind === 'definition') expect(fast).toEqual(slow);
      }),
      { numRuns: 1000 },
    );
  });
});
