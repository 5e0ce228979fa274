import { describe, expect, it } from '@jest/globals';
import { Config } from '../../../src/core/config.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Bamboo } from '../../../src/core/ports.ts';
import { doctor } from '../../../src/verbs/doctor.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

const LOGIN = { username: 'admin', password: { env: 'BAMBOO_PASSWORD' } };
const SERVER: Partial<Bamboo> = {
  info: async () => ({ version: '10.2.7', state: 'RUNNING' }),
  accessTokens: async () => [{ name: 'ci', permissions: ['READ'], daysUntilExpiry: 300 }],
};
const refuse = async (): Promise<never> => {
  throw new RekeyError('LOGIN_REFUSED', 'No.');
};

async function examine(bamboo: object, parts: Partial<Bamboo>) {
  const { runtime } = bambooWorld({ ...SERVER, ...parts });
  const config = Config.parse({ bamboo: { url: 'https://bamboo.example', ...bamboo } });
  return doctor({ ...runtime, config: async () => config });
}

describe('what doctor says of what works', () => {
  const rest = { token: { env: 'BAMBOO_TOKEN' } };

  it.each<[string, object, Partial<Bamboo>, string, number]>([
    ['a refused login', { rest, login: LOGIN }, { login: refuse }, 'the login was refused', 7],
    ['a login that REST refused', { login: LOGIN }, { info: refuse }, 'the login was refused', 7],
    ['a refused token', { rest, login: LOGIN }, { accessTokens: refuse }, 'the access token was refused', 7],
    [
      'a login page that is not known',
      { login: LOGIN },
      { login: () => Promise.reject(new RekeyError('LOGIN_UNSUPPORTED', 'No.')) },
      'the login did not work',
      4,
    ],
  ])('is nothing with %s', async (_, bamboo, parts, untold, exit) => {
    expect(await examine(bamboo, parts)).toMatchObject({ access: [], more: [], untold, exit });
  });

  it('is the whole table with a token alone, and the warning that no rule gives anything a token', async () => {
    const report = await examine({ rest }, { login: () => Promise.reject(new RekeyError('LOGIN_MISSING', 'No.')) });
    expect(report.untold).toBeUndefined();
    expect(report.access.length).toBeGreaterThan(4);
    expect(report.checks).toContainEqual(expect.objectContaining({ check: 'assign', detail: 'no rule under assign: nothing would be changed' }));
  });
});
