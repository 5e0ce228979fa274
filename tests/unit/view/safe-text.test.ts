import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeJson, safeText } from '../../../src/view/safe-text.ts';

describe('safeText', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u009b31m', '\\u009b31m'],
    ['file\u202etxt.exe', 'file\\u202etxt.exe'],
    ['\u2066hidden\u2069', '\\u2066hidden\\u2069'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag \u{e0041}', 'tag \\udb40\\udc41'],
    ['half \ud800', 'half \\ud800'],
  ])('shows %j as %j', (text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  it.each(['Büro – 東京', 'עברית', '👩‍💻 family', 'a\\b "quoted"'])('leaves %j as it is', (text) => {
    expect(safeText(text)).toBe(text);
  });

  it('leaves no control or bidi character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('safeJson', () => {
  it('loses nothing and keeps the layout', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (document) => {
        const json = JSON.stringify(document, null, 2);
        expect(JSON.parse(safeJson(json))).toEqual(JSON.parse(json));
        expect(safeJson(json)).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
