import { describe, expect, it } from '@jest/globals';
import { type ConfiguredSecret, originOfReference, secretReferences } from '../../../../src/core/report/configured-secret.ts';
import { searchArtefacts } from '../../../../src/core/report/secret-search.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { config } from '../../../support/core-samples.ts';
import { encodingsOf } from '../../../support/secret-search.ts';

const VALUE = 'ATATT3x+ "quoted" & <ü>';

function secret(key: string, value: string): ConfiguredSecret {
  return { key, from: 'env', name: 'TOKEN', found: { kind: 'secret', secret: new Secret(value) } };
}

describe('the search for secrets', () => {
  const written = [...encodingsOf(VALUE)].filter(([encoding]) => !encoding.includes('every byte') && !encoding.includes('other case'));

  it.each(written)('finds a value in a file: %s', (_encoding, bytes) => {
    const file = Buffer.concat([Buffer.from('{"why":"x '), bytes, Buffer.from(' y"}')]);
    const { secrets, searched } = searchArtefacts(
      [secret('tokens.ci.token', VALUE), secret('previous.bot', 'another one')],
      [{ name: 'journal.jsonl', bytes: file }],
    );
    expect(searched).toEqual([{ name: 'journal.jsonl', bytes: file.length, finds: ['tokens.ci.token'] }]);
    expect(secrets?.map(({ foundIn }) => foundIn)).toEqual([1, 0]);
  });

  it('never tells the value', () => {
    expect(JSON.stringify(searchArtefacts([secret('tokens.ci.token', VALUE)], [{ name: 'f', bytes: Buffer.from(VALUE) }]))).not.toContain('ATATT3x');
  });

  it('says what it did not look for, and why', () => {
    const missing: ConfiguredSecret = { key: 'tokens.web.token', from: 'file', name: 'web', found: { kind: 'nothing', why: 'it does not exist' } };
    const { secrets } = searchArtefacts([missing, secret('previous.bot', 'abc')], [{ name: 'f', bytes: Buffer.from('abc') }]);
    expect(secrets).toEqual([
      { key: 'tokens.web.token', from: 'file', name: 'web', foundIn: null, why: 'it does not exist' },
      { key: 'previous.bot', from: 'env', name: 'TOKEN', foundIn: null, why: 'shorter than 4 characters' },
    ]);
  });
});

describe('the references of a configuration', () => {
  it('are all named by where they stand', () => {
    const whole = config({ previous: { buildbot: { env: 'OLD' } } });
    const reference = { env: 'X' };
    const bamboo = {
      ...whole.bamboo,
      rest: { token: reference },
      login: { username: 'admin', password: reference, totp: reference },
      headers: { 'X-Key': reference },
      tls: { key: reference },
      database: { url: reference },
    };
    expect(secretReferences({ ...whole, bamboo }).map(({ key, shape }) => `${key} ${shape}`)).toEqual([
      'bamboo.rest.token line',
      'bamboo.login.password line',
      'bamboo.login.totp code',
      'bamboo.headers.X-Key line',
      'bamboo.tls.key text',
      'bamboo.database.url line',
      'tokens.ci.token token',
      'tokens.web.token token',
      'previous.buildbot line',
    ]);
    expect(secretReferences({ ...whole, bamboo: { ...whole.bamboo, login: { session: reference } } })[0]).toMatchObject({
      key: 'bamboo.login.session',
      shape: 'text',
    });
  });

  it('are told without the arguments of a program, which might be secret', () => {
    expect(originOfReference({ command: ['pass', 'show', 'hidden'] })).toEqual({ from: 'command', name: 'pass' });
    expect(originOfReference({ env: 'CI_TOKEN' })).toEqual({ from: 'env', name: 'CI_TOKEN' });
    expect(originOfReference({ file: 'secrets/ci' })).toEqual({ from: 'file', name: 'secrets/ci' });
    expect(originOfReference({ stdin: true })).toEqual({ from: 'stdin', name: 'standard input' });
  });
});
