import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { RekeyError } from '../../src/core/errors.ts';
import { readConfig } from '../../src/settings/read-config.ts';

const CANARY = 'ATATT3xCanary';
/** Wrong things in any place, each of which may hold the secret. */
const wrong = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(CANARY),
    fc.constant(`x ${CANARY}: #y`),
    fc.constant(null),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('env', 'file', CANARY, 'token'), tie('value'), { maxKeys: 2 }),
  ),
})).value;

describe('readConfig', () => {
  it('never repeats a secret that stands where a reference belongs, whatever the shape', async () => {
    await fc.assert(
      fc.asyncProperty(wrong, wrong, wrong, wrong, async (rest, login, token, rule) => {
        const text = stringify(
          { bamboo: { url: 'https://b.example', rest, login }, tokens: { ci: { email: 'a@b', token, expires: '2027-01-01' } }, assign: [rule] },
          { aliasDuplicateObjects: false },
        );
        const error: unknown = await readConfig('c.yaml', async () => Buffer.from(text)).catch((thrown: unknown) => thrown);
        if (error instanceof RekeyError) expect(`${error.message} ${error.stack}`).not.toContain(CANARY);
      }),
    );
  });

  it('answers any text with settings or a coded error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'bamboo: {}[]"\'\n\t&*!|>-?#%@,~'), maxLength: 60 }), async (text) => {
        const error: unknown = await readConfig('c.yaml', async () => Buffer.from(text)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      }),
    );
  });
});
