import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { RekeyError } from '../../../src/core/errors.ts';
import { readConfig } from '../../../src/settings/read-config.ts';
import { resolveSecret } from '../../../src/settings/resolve-secret.ts';
import { runCommand } from '../../../src/settings/run-command.ts';
import type { SecretSources } from '../../../src/settings/secret-bytes.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporaryDirectory = temporaryDirectories();
const GOOD = `ATAT${'x'.repeat(188)}`;
const TODAY = new Date('2026-11-24T12:00:00Z');

function sources(part: Partial<SecretSources> = {}): SecretSources {
  return { baseDir: temporaryDirectory(), env: { GOOD, PATH: process.env['PATH'] }, readStdin: async () => Buffer.from(GOOD), runCommand, ...part };
}

async function problems(text: string, secrets: SecretSources): Promise<string[]> {
  const error = (await readConfig('c.yaml', async () => Buffer.from(text), { secrets, today: TODAY }).catch((thrown: unknown) => thrown)) as RekeyError;
  expect([error.code, error.message]).toEqual(['CONFIG_INVALID', expect.not.stringContaining('xxxx')]);
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

describe('settings that are refused', () => {
  it('tell what is wrong with the tokens beside the rest, each with its place', async () => {
    const text = [
      'bamboo: { url: "http://b" }',
      'tokens:',
      '  ci: { email: ci@a.example, token: { env: GOOD }, expires: 1.12.2026 }',
      '  web: { email: web, token: { env: NOT_SET }, expires: 2026-01-01 }',
      '  twin: { email: ci@a.example, token: { env: GOOD }, expires: 2029-01-01 }',
      'assign:',
      '  - { workspace: acme, token: nobody }',
    ].join('\n');
    expect(await problems(text, sources())).toEqual([
      expect.stringMatching(/^3:\d+ tokens\.ci\.expires: expected the day the token runs out, as YYYY-MM-DD$/),
      expect.stringMatching(/^4:\d+ tokens\.web: .*"NOT_SET" is not set/),
      expect.stringMatching(/^4:\d+ tokens\.web: The email is not/),
      expect.stringMatching(/^4:\d+ tokens\.web: The token ran out on 2026-01-01/),
      expect.stringMatching(/^5:\d+ tokens\.twin: The stated day 2029-01-01 is more than a year away/),
      expect.stringMatching(/^5:\d+ tokens\.twin: It has the same secret as token "ci"/),
      expect.stringMatching(/^7:\d+ assign\[0\]\.token: expected the name of a token under tokens: ci, web, twin$/),
    ]);
  });

  it('run no program and read no input', async () => {
    const never = async (): Promise<never> => Promise.reject(new TypeError('asked'));
    const text =
      'oops: 1\nbamboo: { url: "http://b" }\ntokens: { a: { email: a@b.c, token: { command: [pass] }, expires: 2027-01-01 }, b: { email: a@b.c, token: { stdin: true }, expires: 2027-01-01 } }';
    expect(await problems(text, sources({ runCommand: never, readStdin: never }))).toEqual([expect.stringMatching(/^1:1 unknown key "oops"/)]);
  });

  it.each(['oops: 1', 'bamboo: { url: "http://b" }\ntokens: [1]', 'bamboo: { url: "http://b" }\ntokens: { a: 1 }'])(
    'survive tokens of any shape: %j',
    async (text) => {
      expect(await problems(text, sources())).not.toEqual([]);
    },
  );
});

describe('the secret of a token', () => {
  it.each([
    [{ env: 'BLANKS' }, true],
    [{ stdin: true as const }, false],
    [{ file: 'line-end' }, true],
    [{ command: ['printf', `${GOOD}\\n`] }, false],
    [{ command: ['printf', ` ${GOOD}`] }, true],
  ])('comes without the blanks around it, and they are told: %j', async (reference, trimmed) => {
    const from = sources({ env: { BLANKS: ` \t${GOOD}\u00a0\r\n`, PATH: process.env['PATH'] } });
    writeFileSync(join(from.baseDir, 'line-end'), `${GOOD}\n`);
    const found = await resolveSecret('tokens.ci.token', reference, from, 'token');
    expect([found.secret.reveal(), found.trimmed]).toEqual([GOOD, trimmed]);
  });

  it('stays one line', async () => {
    const from = sources({ env: { TWO: `${GOOD}\n${GOOD}` } });
    await expect(resolveSecret('tokens.ci.token', { env: 'TWO' }, from, 'token')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });
});
