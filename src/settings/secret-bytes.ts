import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretReference } from '../core/config.ts';
import { ERRORS } from '../core/errors.ts';
import { fileReason, shownName } from './file-text.ts';
import type { CommandEnd, RunCommand } from './run-command.ts';

/** What secrets are read from, as values. */
export interface SecretSources {
  /** The directory of the settings file: relative files are looked for, and programs run, there. */
  readonly baseDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variables beside these that programs do not get. */
  readonly givenSecrets?: Readonly<Record<string, string>> | undefined;
  /** All of standard input; called again, it gives the same again. */
  readonly readStdin: () => Promise<Uint8Array>;
  readonly runCommand: RunCommand;
}

/** What a reference gave, or why it gave nothing and what to do; `from` names the place for messages. */
export type Found =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly from: string }
  | { readonly kind: 'nothing'; readonly why: string; readonly remedy: string };

/** A program that waits for a person waits so long. */
const COMMAND_MS = 30_000;
/** No token, cookie header or key is longer. */
const MOST_BYTES = 65_536;

/** Follows a reference. Rejects never. */
export async function secretBytes(reference: SecretReference, sources: SecretSources): Promise<Found> {
  if ('env' in reference) return fromEnvironment(reference.env, { ...sources.env, ...sources.givenSecrets });
  if ('file' in reference) return await fromFile(reference.file, sources.baseDir);
  if ('command' in reference) return await fromCommand(reference.command, sources);
  return { kind: 'bytes', bytes: await sources.readStdin(), from: 'standard input' };
}

function fromEnvironment(name: string, env: SecretSources['env']): Found {
  const value = env[name];
  const from = `the environment variable ${shownName(name)}`;
  if (value !== undefined) return { kind: 'bytes', bytes: Buffer.from(value), from };
  return nothing(`${from} is not set`, `Set the variable ${shownName(name)}, or refer to the secret in another way.`);
}

/** Read as a stream, so that a device without end ends here. */
async function fromFile(file: string, baseDir: string): Promise<Found> {
  const from = `the file ${shownName(file)}`;
  const pieces: Buffer[] = [];
  try {
    for await (const piece of createReadStream(resolve(baseDir, file), { end: MOST_BYTES })) pieces.push(piece);
  } catch (thrown) {
    return nothing(`${from} cannot be read: ${fileReason(thrown)}`, 'Repair the file, or refer to the secret in another way.');
  }
  const bytes = Buffer.concat(pieces);
  return bytes.length > MOST_BYTES ? nothing(`${from} is too large for a secret`) : { kind: 'bytes', bytes, from };
}

/** Only the program is named: its arguments may be secrets themselves. */
async function fromCommand(command: readonly string[], { baseDir, env, runCommand }: SecretSources): Promise<Found> {
  const from = `the command ${shownName(command[0] ?? '')}`;
  const end = await runCommand(command, { directory: baseDir, env, timeoutMs: COMMAND_MS, maxBytes: MOST_BYTES });
  return end.kind === 'printed' ? { kind: 'bytes', bytes: end.bytes, from } : nothing(`${from} ${commandReason(end)}`);
}

function commandReason(end: Exclude<CommandEnd, { readonly kind: 'printed' }>): string {
  switch (end.kind) {
    case 'not-started':
      return `could not be started: ${end.code === 'ENOENT' ? 'there is no such program' : fileReason(end)}`;
    case 'failed':
      return `failed (${end.exit}); run it by hand to see why`;
    case 'timed-out':
      return `did not end within ${COMMAND_MS / 1000} seconds`;
    case 'too-much':
      return 'printed too much for a secret';
  }
}

function nothing(why: string, remedy: string = ERRORS.SECRET_UNREADABLE.remedy): Found {
  return { kind: 'nothing', why, remedy };
}
