import { describe, expect, it } from '@jest/globals';
import { Config } from '../../../src/core/config.ts';
import { createSecrets } from '../../../src/settings/create-secrets.ts';
import { requireServerSecrets } from '../../../src/settings/require-secrets.ts';

const asked: string[] = [];
const ask = (what: string) => async (): Promise<never> => {
  asked.push(what);
  throw new Error(what);
};

async function require(bamboo: object, env: Record<string, string> = {}): Promise<void> {
  const secrets = createSecrets({ baseDir: '/', env, readStdin: ask('a person'), runCommand: ask('a program') }, () => undefined);
  const tokens = { ci: { email: 'ci@acme.example', token: { env: 'CI_TOKEN' }, expires: '2027-09-30' } };
  return requireServerSecrets(Config.parse({ bamboo: { url: 'https://bamboo.example', ...bamboo }, tokens }), secrets);
}

describe('the secrets that a server needs', () => {
  const rest = { token: { env: 'BAMBOO_TOKEN' } };
  const login = { username: 'admin', password: { env: 'BAMBOO_PASSWORD' } };

  it('are told all at once where they give nothing, with what to do about each', async () => {
    await expect(require({ rest, login })).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      exit: 2,
      message: expect.stringMatching(/^bamboo\.rest\.token .* is not set\.\nbamboo\.login\.password .* is not set\.$/),
      remedy: expect.stringMatching(/^Set the variable "BAMBOO_TOKEN", .* Set the variable "BAMBOO_PASSWORD", /),
    });
  });

  it('are told alone where the others are there', async () => {
    await expect(require({ rest, login }, { BAMBOO_TOKEN: 'x' })).rejects.toMatchObject({
      message: 'bamboo.login.password gives no secret: the environment variable "BAMBOO_PASSWORD" is not set.',
    });
  });

  it('need no token for Bitbucket, no database, no program and no person', async () => {
    const database = { url: { env: 'DATABASE_URL' } };
    await require({ rest: { token: { command: ['pass'] } }, login: { ...login, password: { stdin: true } }, database });
    expect(asked).toEqual([]);
  });
});
