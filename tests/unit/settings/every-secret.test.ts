import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import { Secret } from '../../../src/core/secret.ts';
import { everySecret } from '../../../src/settings/every-secret.ts';
import { config } from '../../support/core-samples.ts';

describe('every secret of a configuration', () => {
  it('is followed, and one that gives nothing is told with its reason', async () => {
    const found = await everySecret(config({ previous: { bot: { stdin: true } } }), async (keyPath) => {
      if (keyPath === 'tokens.web.token') throw new RekeyError('SECRET_UNREADABLE', 'tokens.web.token gives no secret.');
      return new Secret(`of ${keyPath}`);
    });
    expect(found.map(({ key, from, found: each }) => [key, from, each.kind === 'secret' ? each.secret.reveal() : each.why])).toEqual([
      ['tokens.ci.token', 'env', 'of tokens.ci.token'],
      ['tokens.web.token', 'env', 'tokens.web.token gives no secret.'],
      ['previous.bot', 'stdin', 'it would have to be typed'],
    ]);
  });

  it('asks for no code: it is new each time', async () => {
    const whole = config();
    const login = { username: 'admin', password: { env: 'P' }, totp: { command: ['oathtool'] } };
    const found = await everySecret({ ...whole, tokens: {}, bamboo: { ...whole.bamboo, login } }, async () => new Secret('p4ss'));
    expect(found.map(({ found: each }) => each.kind)).toEqual(['secret', 'nothing']);
  });
});
