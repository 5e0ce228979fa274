import { describe, expect, it } from '@jest/globals';
import { quotedScalar } from '../../../src/core/yaml-scalar.ts';

describe('a quoted scalar', () => {
  it('escapes what a YAML stream may not hold', () => {
    expect(quotedScalar('a"\\\n\u0007\u{1f600}é')).toBe('"a\\"\\\\\\U0000000a\\U00000007\\U0001f600é"');
  });

  it('stays readable where nothing has to be escaped, with its own quote doubled', () => {
    expect(quotedScalar('it\'s a \\ and a "größer"')).toBe(`'it''s a \\ and a "größer"'`);
    expect(quotedScalar('')).toBe("''");
  });
});
