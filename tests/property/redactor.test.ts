import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';

/** Values that the printed mark itself cannot complete. */
const value = fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }).filter((text) => text.length >= 4 && !/[[\]secrt]/.test(text));

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

describe('redactor', () => {
  it('leaves no registered value in raw, URL-encoded, form-encoded or JSON form, in whatever text it stands', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), fc.string(), fc.string(), (values, before, after) => {
        const redactor = createRedactor();
        for (const each of values) redactor.register(new Secret(each));
        for (const each of values) {
          for (const form of [
            each,
            JSON.stringify(each).slice(1, -1),
            encodeURIComponent(wellFormed(each)),
            String(new URLSearchParams({ v: each })).slice(2),
          ]) {
            expect(redactor.redact(`${before}${form}${after}`)).not.toContain(form);
          }
        }
      }),
    );
  });

  it('leaves nothing of a value that base64 text could be decoded back to, at any offset', () => {
    fc.assert(
      fc.property(
        value.filter((text) => text === wellFormed(text)),
        fc.uint8Array({ maxLength: 8 }),
        fc.uint8Array({ maxLength: 8 }),
        (secret, before, after) => {
          const redactor = createRedactor();
          redactor.register(new Secret(secret));
          const text = Buffer.concat([before, Buffer.from(secret), after]).toString('base64');
          expect(redactor.redact(text)).toContain('[secret]');
        },
      ),
    );
  });

  it('changes nothing in a text that holds none of the forms', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{8,60}$/), fc.stringMatching(/^[G-Z]{8,60}$/), (text, secret) => {
        const redactor = createRedactor();
        redactor.register(new Secret(secret));
        fc.pre(!Buffer.from(secret).toString('base64').toLowerCase().includes(text.slice(0, 4)));
        expect(redactor.redact(text)).toBe(text);
      }),
    );
  });
});
