import { describe, expect, it } from '@jest/globals';
import { createRedactor } from '../../../src/core/redactor.ts';
import { Secret } from '../../../src/core/secret.ts';

const VALUE = `p&"w'<d> é/1+2\\3`;

function redactorOf(...values: readonly string[]) {
  const redactor = createRedactor();
  for (const value of values) redactor.register(new Secret(value));
  return redactor;
}

describe('createRedactor', () => {
  it.each([
    ['raw', VALUE],
    ['URL-encoded', encodeURIComponent(VALUE)],
    ['URL-encoded in lower case', encodeURIComponent(VALUE).replace(/%../g, (code) => code.toLowerCase())],
    ['form-encoded', String(new URLSearchParams({ v: VALUE })).slice(2)],
    ['JSON-escaped', JSON.stringify(VALUE).slice(1, -1)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(VALUE)).slice(3, -3)],
    ['JSON in ASCII', JSON.stringify(VALUE).slice(1, -1).replace('é', '\\u00e9')],
    ['HTML with named quotes', 'p&amp;&quot;w&apos;&lt;d&gt; é/1+2\\3'],
    ['HTML with numbered quotes', 'p&amp;&#34;w&#39;&lt;d&gt; é/1+2\\3'],
    ['HTML with bare quotes', `p&amp;"w'&lt;d&gt; é/1+2\\3`],
  ])('finds a value that is %s', (_form, written) => {
    expect(redactorOf(VALUE).redact(`a ${written} b ${written}`)).toBe('a [secret] b [secret]');
  });

  it.each(['', 'u', 'us', 'user:'])('finds a value in base64 behind "%s"', (before) => {
    const value = 'correct horse battery staple ÿ>?';
    for (const encoding of ['base64', 'base64url'] as const) {
      const written = Buffer.from(`${before}${value}and more`).toString(encoding);
      expect(redactorOf(value).redact(`Basic ${written}`)).toMatch(/^Basic .{0,8}\[secret\].{1,16}$/);
    }
  });

  it('leaves text without secrets alone', () => {
    expect(createRedactor().redact('plain')).toBe('plain');
    expect(redactorOf('hunter2').redact('plain hunter hunt')).toBe('plain hunter hunt');
  });

  it('leaves no end of a secret standing where two overlap or one holds the other', () => {
    expect(redactorOf('abcdef', 'defghi').redact('<abcdefghi>')).toBe('<[secret]>');
    expect(redactorOf('abcd', 'abcdefgh').redact('<abcdefgh> <abcdx>')).toBe('<[secret]> <[secret]x>');
    expect(redactorOf('abcdefgh', 'bcde').redact('<abcdefgh>')).toBe('<[secret]>');
  });

  it('does not look for values shorter than four characters', () => {
    expect(redactorOf('abc', '').redact('abcabc')).toBe('abcabc');
  });
});
