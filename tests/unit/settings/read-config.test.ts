import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { RekeyError } from '../../../src/core/errors.ts';
import { NEEDED_SCOPES } from '../../../src/core/scopes.ts';
import { readConfig } from '../../../src/settings/read-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'rekey-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string | Uint8Array) {
  return readConfig('bamboo-rekey.yaml', async () => Buffer.from(text));
}

/** The problems told, one a line. */
async function problems(text: string | Uint8Array): Promise<string[]> {
  const error = (await read(text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as RekeyError;
  expect([error.code, error.exit]).toEqual(['CONFIG_INVALID', 2]);
  return error.message.split('\n').map((line) => line.trim());
}

const REFERENCE =
  'expected a reference to the secret: {env: NAME}, {file: PATH}, {command: [PROGRAM, ARGUMENT…]} or {stdin: true}; a secret itself never stands in this file';

describe('readConfig: what is accepted', () => {
  it('needs no more than the address, and fills in the rest', async () => {
    expect(await read('bamboo: { url: "https://bamboo.example/bamboo/" }')).toEqual({
      bamboo: { url: 'https://bamboo.example/bamboo', headers: {} },
      bitbucket: {
        api: 'https://api.bitbucket.org/2.0',
        git: 'https://bitbucket.org',
        scopes: NEEDED_SCOPES,
        quota: { rest: 1_000, git: 60_000 },
        reserve: 20,
      },
      tokens: {},
      assign: [],
      previous: {},
      apply: { concurrency: 8, batch: 25, canary: 1, maxFailures: 3, route: 'auto' },
    });
  });

  it('takes a byte order mark, Windows line ends and anchors', async () => {
    const config = await read(
      '\ufeffbamboo:\r\n  url: http://b:8085\r\ntokens:\r\n  a: &a { email: a@b, token: { env: T }, expires: 2027-01-31 }\r\n  b: *a\r\n',
    );
    expect(config.tokens['b']).toEqual({ email: 'a@b', token: { env: 'T' }, expires: '2027-01-31' });
  });
});

describe('readConfig: the file', () => {
  it('tells a missing file apart from one that cannot be read', async () => {
    await expect(readConfig(join(folder, 'none.yaml'), readFile)).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
      exit: 2,
      message: expect.stringContaining('none.yaml'),
    });
    await expect(readConfig(folder, readFile)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      exit: 2,
      message: expect.stringContaining('it is a directory'),
    });
    const denied = () => Promise.reject(Object.assign(new TypeError('no'), { code: 'EACCES' }));
    await expect(readConfig('c.yaml', denied)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: 'c.yaml cannot be read: the rights are missing.' });
  });

  it('reads a real file', async () => {
    const path = join(folder, 'ok.yaml');
    writeFileSync(path, 'bamboo: { url: "https://b.example" }');
    expect((await readConfig(path, readFile)).bamboo.url).toBe('https://b.example');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'bamboo-rekey.yaml is empty.'],
    ['comments alone', '# nothing\n', 'bamboo-rekey.yaml is empty.'],
    ['UTF-16', Buffer.from('\ufeffbamboo:', 'utf16le'), 'bamboo-rekey.yaml is not UTF-8. Save it in that encoding.'],
    ['Latin-1', Buffer.from('bamboo: { url: "http://b\u00fc" }', 'latin1'), 'bamboo-rekey.yaml is not UTF-8. Save it in that encoding.'],
    ['much too large', '#'.repeat(1_000_001), 'bamboo-rekey.yaml is larger than 1 MB.'],
    ['brackets without end', '['.repeat(200_000), 'bamboo-rekey.yaml is nested too deeply.'],
  ])('refuses one that is %s', async (_what, text, sentence) => {
    expect(await problems(text)).toEqual([sentence]);
  });

  it.each([
    ['a tab', 'bamboo:\n\turl: x', '2:1 a tab is used to indent; YAML wants blanks'],
    ['a key twice', 'bamboo: 1\nbamboo: 2', '2:1 this key stands here twice'],
    ['a second document', 'bamboo: 1\n---\nbamboo: 2', '2:1 a second document begins here; one file holds one'],
    ['an open quote', 'bamboo: "x', '1:11 a closing quote or bracket, a colon or a comma is missing'],
    ['an unfilled template', 'bamboo: {{ canary }}', '1:10 a key must be a plain word; a {{placeholder}} must be filled in'],
    ['a tag', 'bamboo: !canary x', '1:9 a word that begins with ! has no meaning here; put it in quotes'],
    ['an unquoted @', 'bamboo: @canary', '1:9 a text that begins with @, ` or % must stand in quotes'],
    [
      'an unquoted *',
      'bamboo: *canary',
      '1:1 an alias (*name) has no anchor (&name) before it, or there are far too many; put texts that begin with * in quotes',
    ],
    ['plain text', 'canary', '1:1 expected object'],
    ['a list', '- canary', '1:1 expected object'],
  ])('tells %s with its place and repeats nothing', async (_what, text, line) => {
    expect(await problems(text)).toEqual(['bamboo-rekey.yaml has a problem:', line]);
  });

  it('does not unfold a bomb of anchors', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) =>
        `k${level}: &a${level} [${
          level === 0
            ? 'x'
            : Array(9)
                .fill(`*a${level - 1}`)
                .join(', ')
        }]`,
    );
    expect(await problems(levels.join('\n'))).toEqual(['bamboo-rekey.yaml has a problem:', expect.stringContaining('far too many')]);
  });
});

describe('readConfig: the settings', () => {
  it('lists all problems at once, in the order of the file, each with its place and its path', async () => {
    const text = [
      'bamboo:',
      '  url: bamboo.example',
      '  rest: { token: ATATcanary }',
      '  login: { username: a, pasword: { env: X } }',
      'tokens:',
      '  ci: { email: 12, token: { enviroment: X }, expires: soon }',
      'assign:',
      '  - { tokn: ci }',
      '  - { token: ATATcanary, level: plans }',
      'apply: { concurrency: "8", batch: 0 }',
      'bambo: {}',
    ].join('\n');
    expect(await problems(text)).toEqual([
      'bamboo-rekey.yaml has 15 problems:',
      '2:8 bamboo.url: expected an address that begins with https:// (or http://)',
      `3:18 bamboo.rest.token: ${REFERENCE}`,
      `4:10 bamboo.login.password: is missing; ${REFERENCE}`,
      '4:25 bamboo.login: unknown key "pasword"; did you mean "password"?',
      '6:16 tokens.ci.email: expected string; put it in quotes',
      `6:27 tokens.ci.token: ${REFERENCE}`,
      '6:29 tokens.ci.token: unknown key "enviroment"; did you mean "env"?',
      '6:55 tokens.ci.expires: expected the day the token runs out, as YYYY-MM-DD',
      '8:5 assign[0].token: is missing; expected string',
      '8:7 assign[0]: unknown key "tokn"; did you mean "token"?',
      '9:14 assign[1].token: expected the name of a token under tokens: ci',
      expect.stringMatching(/^9:33 assign\[1\]\.level: expected one of "global"\|"project"\|"plan"\|"branch"$/),
      '10:23 apply.concurrency: expected number',
      expect.stringMatching(/^10:35 apply\.batch: /),
      '11:1 unknown key "bambo"; did you mean "bamboo"?',
    ]);
  });

  it.each([
    ['https://me:canary@b.example', /expected no user name or password inside the address/],
    ['https://b.example/?canary=1', /expected an address without \? and #/],
    ['b.example', /begins with https:\/\//],
    ['ftp://canary', /begins with https:\/\//],
    ['https://', /expected a valid address/],
  ])('refuses the address %s and repeats nothing of it', async (url, sentence) => {
    const told = await problems(`bamboo: { url: ${JSON.stringify(url)} }`);
    expect(told[1]).toMatch(sentence);
    expect(told.join()).not.toContain('canary');
  });

  it.each([
    'canary',
    '{ canary1 }',
    '{ ATATcanary: x }',
    '[canary]',
    '{ env: canary, file: canary }',
    '{ env: [canary] }',
    '{ literal-canary-that-is-very-long-and-looks-like-nothing: canary }',
    '{ stdin: canary }',
    '{ command: canary }',
    '{}',
    '12345678',
    'true',
    '',
  ])('refuses a secret given as %s and repeats nothing of it', async (given) => {
    const told = await problems(`bamboo: { url: "https://b.example" }\ntokens:\n  ci:\n    email: a@b.example\n    expires: 2027-01-01\n    token: ${given}\n`);
    expect(told[1]).toMatch(/^6:\d+ tokens\.ci\.token/);
    expect(told.join()).not.toMatch(/canary|12345678/);
  });

  it('tells the problem of the alternative that was meant', async () => {
    const text = (login: string) => `bamboo: { url: "https://b.example", login: ${login} }`;
    expect(await problems(text('{ username: a, password: { file: "" } }'))).toEqual([
      expect.anything(),
      '1:77 bamboo.login.password.file: expected a text that is not empty',
    ]);
    expect(await problems(text('{ session: { env: A }, totp: { env: B } }'))).toEqual([
      expect.anything(),
      '1:67 bamboo.login: "totp" does not go together with the other keys here',
    ]);
    expect(await problems(text('{ username: a, session: { env: A } }'))).toEqual([
      expect.anything(),
      '1:46 bamboo.login: "username" does not go together with the other keys here',
    ]);
    expect(await problems(text('{ sesion: { env: A } }'))).toEqual([
      expect.anything(),
      expect.stringContaining('bamboo.login: expected'),
      '1:46 bamboo.login: unknown key "sesion"; did you mean "session"?',
    ]);
  });

  it.each(['2027-02-30', '30.09.2027', '2027-9-30', '20270930'])('refuses %s as a day', async (day) => {
    const told = await problems(`bamboo: { url: "https://b.example" }\ntokens: { ci: { email: a@b, token: { env: T }, expires: ${day} } }`);
    expect(told[1]).toContain('tokens.ci.expires: expected the day the token runs out, as YYYY-MM-DD');
  });

  it('says that a rule names a token where there are none', async () => {
    expect(await problems('bamboo: { url: "https://b.example" }\nassign: [{ token: ci }]')).toEqual([
      expect.anything(),
      '2:19 assign[0].token: expected the name of a token under tokens, which has none',
    ]);
  });

  it.each([
    'bamboo:',
    'bamboo: []',
    'bamboo: { url: "https://b" }\ntokens: text\nassign: text',
    'bamboo: { url: "https://b" }\nassign: [1, null, { token: 7 }]',
  ])('does not stumble over %j', async (text) => {
    expect((await problems(text)).length).toBeGreaterThan(1);
  });
});
