import { describe, expect, it } from '@jest/globals';
import type { Secret } from '../../../src/core/secret.ts';
import { createSecrets } from '../../../src/settings/create-secrets.ts';

describe('the secrets of one configuration', () => {
  it('asks a program once, however often its secret is needed, and tells of the secret first', async () => {
    let calls = 0;
    const found: Secret[] = [];
    const runCommand = async () => {
      calls += 1;
      return { kind: 'printed', bytes: Buffer.from(`value-${calls}\n`) } as const;
    };
    const secrets = createSecrets({ baseDir: '/', env: {}, readStdin: async () => Buffer.alloc(0), runCommand }, (secret) => found.push(secret));
    const [one, other] = await Promise.all([secrets('tokens.ci.token', { command: ['pass'] }), secrets('tokens.ci.token', { command: ['pass'] })]);
    expect([one?.reveal(), other?.reveal()]).toEqual(['value-1', 'value-1']);
    expect(found.map((secret) => secret.reveal())).toEqual(['value-1']);
  });

  it('asks for a code anew each time, without the blanks around it', async () => {
    let calls = 0;
    const runCommand = async () => {
      calls += 1;
      return { kind: 'printed', bytes: Buffer.from(` 00000${calls} \n`) } as const;
    };
    const secrets = createSecrets({ baseDir: '/', env: {}, readStdin: async () => Buffer.alloc(0), runCommand }, () => undefined);
    const code = async () => (await secrets('bamboo.login.totp', { command: ['oathtool'] }, 'code')).reveal();
    expect([await code(), await code()]).toEqual(['000001', '000002']);
  });
});
