import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SecretReference } from '../../../src/core/config.ts';
import { resolveSecret, type SecretShape } from '../../../src/settings/resolve-secret.ts';
import { type CommandEnd, runCommand } from '../../../src/settings/run-command.ts';
import type { SecretSources } from '../../../src/settings/secret-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rekey-secret-'));
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  plain: 'canary',
  'line-end': 'canary\n',
  'line-ends': 'canary\r\n\n',
  marked: '\ufeffcanary\n',
  blanks: ' canary \n',
  empty: '',
  'empty-line': '\n',
  'only-blanks': '  \n',
  'two-lines': 'canary\ncanary2\n',
  'later-line': '\ncanary',
  binary: new Uint8Array([0xc3, 0x28]),
  large: 'x'.repeat(70_000),
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'directory'));
  symlinkSync('circle', join(folder, 'circle'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function resolveFrom(reference: SecretReference, more: Partial<SecretSources> = {}, shape?: SecretShape) {
  const sources = {
    baseDir: folder,
    env: { FULL: 'canary\n', EMPTY: '', PATH: process.env['PATH'] },
    readStdin: async () => Buffer.from('canary\n'),
    runCommand,
    ...more,
  };
  return resolveSecret('tokens.ci.token', reference, sources, shape);
}

async function found(resolving: ReturnType<typeof resolveFrom>): Promise<[value: string, trimmed: boolean]> {
  const { secret, trimmed } = await resolving;
  return [secret.reveal(), trimmed];
}

async function refusal(resolving: Promise<unknown>): Promise<string> {
  const error: unknown = await resolving.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'SECRET_UNREADABLE', exit: 2, message: expect.stringMatching(/^tokens\.ci\.token gives no secret: /) });
  const { message } = error as { message: string };
  expect(message).not.toContain('canary');
  return message.slice('tokens.ci.token gives no secret: '.length);
}

describe('resolveSecret', () => {
  it.each<[SecretReference, boolean]>([
    [{ env: 'FULL' }, true],
    [{ file: 'plain' }, false],
    [{ file: 'line-end' }, true],
    [{ file: 'line-ends' }, true],
    [{ file: 'marked' }, true],
    [{ file: join(folder, 'plain') }, false],
    [{ command: ['printf', 'canary'] }, false],
    [{ command: ['cat', './line-end'] }, true],
    [{ stdin: true }, true],
  ])('finds %j and tells whether a line end was taken off', async (reference, trimmed) => {
    expect(await found(resolveFrom(reference))).toEqual(['canary', trimmed]);
  });

  it('leaves other blanks to the token check', async () => {
    expect(await found(resolveFrom({ file: 'blanks' }))).toEqual([' canary ', true]);
  });

  it('keeps every line of a key', async () => {
    expect(await found(resolveFrom({ file: 'two-lines' }, {}, 'text'))).toEqual(['canary\ncanary2\n', false]);
  });

  it.each<[SecretReference, string]>([
    [{ env: 'NONE' }, 'the environment variable "NONE" is not set.'],
    [{ env: 'EMPTY' }, 'the environment variable "EMPTY" gives nothing.'],
    [{ file: 'none' }, 'the file "none" cannot be read: it is not there.'],
    [{ file: 'directory' }, 'the file "directory" cannot be read: it is a directory.'],
    [{ file: 'plain/below' }, 'the file "plain/below" cannot be read: a part of its path is not a directory.'],
    [{ file: 'circle' }, 'the file "circle" cannot be read: its links go in a circle.'],
    [{ file: 'empty' }, 'the file "empty" gives nothing.'],
    [{ file: 'empty-line' }, 'the file "empty-line" gives nothing.'],
    [{ file: 'only-blanks' }, 'the file "only-blanks" gives nothing.'],
    [{ file: 'two-lines' }, 'the file "two-lines" gives 2 lines instead of one.'],
    [{ file: 'later-line' }, 'the file "later-line" gives 2 lines instead of one.'],
    [{ file: 'binary' }, 'the file "binary" gives something that is not UTF-8 text.'],
    [{ file: 'large' }, 'the file "large" is too large for a secret.'],
    [{ file: '/dev/zero' }, 'the file "/dev/zero" is too large for a secret.'],
    [{ command: ['true'] }, 'the command "true" gives nothing.'],
    [{ command: ['printf', 'canary\\ncanary'] }, 'the command "printf" gives 2 lines instead of one.'],
    [{ command: ['sh', '-c', 'echo canary; echo canary >&2; exit 3'] }, 'the command "sh" failed (3); run it by hand to see why.'],
    [{ command: ['no-such-program-at-all', 'canary'] }, 'the command "no-such-program-at-all" could not be started: there is no such program.'],
    [{ command: ['./plain'] }, 'the command "./plain" could not be started: the rights are missing.'],
    [{ command: ['yes', 'canary'] }, 'the command "yes" printed too much for a secret.'],
    [{ env: 'ATATcanary' }, 'the environment variable (not repeated here: it looks like a secret) is not set.'],
    [{ file: './ATBBcanary' }, 'the file (not repeated here: it looks like a secret) cannot be read: it is not there.'],
  ])('refuses %j', async (reference, why) => {
    expect(await refusal(resolveFrom(reference))).toBe(why);
  });

  it.each<[SecretReference, string]>([
    [{ env: 'NONE' }, 'Set the variable "NONE", or refer to the secret in another way.'],
    [{ file: 'none' }, 'Repair the file, or refer to the secret in another way.'],
    [{ file: 'two-lines' }, 'Make the reference give exactly one line that holds the secret.'],
    [{ command: ['true'] }, 'Make the reference give exactly one line that holds the secret.'],
  ])('says what to do about %j', async (reference, remedy) => {
    await expect(resolveFrom(reference)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE', remedy });
  });

  it('refuses an empty standard input', async () => {
    expect(await refusal(resolveFrom({ stdin: true }, { readStdin: async () => new Uint8Array() }))).toBe('standard input gives nothing.');
  });

  it('gives a program half a minute', async () => {
    const hangs = async (_command: readonly string[], { timeoutMs }: { timeoutMs: number }): Promise<CommandEnd> =>
      timeoutMs === 30_000 ? { kind: 'timed-out' } : { kind: 'too-much' };
    expect(await refusal(resolveFrom({ command: ['pass'] }, { runCommand: hangs }))).toBe('the command "pass" did not end within 30 seconds.');
  });
});

describe('runCommand', () => {
  const options = { directory: folder, env: { PATH: process.env['PATH'], CANARY: 'from-env' }, timeoutMs: 5_000, maxBytes: 100 };

  it('gives the program its directory and environment, no input and no shell', async () => {
    expect(await runCommand(['sh', '-c', 'cat; cat plain; echo " $CANARY"'], options)).toEqual({ kind: 'printed', bytes: Buffer.from('canary from-env\n') });
    expect(await runCommand(['printf', '%s', '$CANARY;|'], options)).toEqual({ kind: 'printed', bytes: Buffer.from('$CANARY;|') });
  });

  it('ends one that hangs, even when a child of its own holds on to its output', async () => {
    expect(await runCommand(['sh', '-c', 'sleep 60 & echo begun; wait'], { ...options, timeoutMs: 100 })).toEqual({ kind: 'timed-out' });
  });

  it('tells which signal ended it', async () => {
    expect(await runCommand(['sh', '-c', 'kill -TERM $$'], options)).toEqual({ kind: 'failed', exit: 'SIGTERM' });
  });
});
