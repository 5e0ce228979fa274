import { RekeyError } from '../core/errors.ts';

/** Turns bytes into text, without a byte order mark; undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const FILE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'the rights are missing',
  EPERM: 'the rights are missing',
  ELOOP: 'its links go in a circle',
};

/** Why a file could not be read, in words. */
export function fileReason(thrown: unknown): string {
  const { code } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as { code?: unknown };
  return FILE_REASONS[String(code)] ?? (typeof code === 'string' ? code : 'reading failed');
}

/** Whether the file is simply not there. */
export function isMissing(thrown: unknown): boolean {
  return fileReason(thrown) === FILE_REASONS['ENOENT'];
}

/** Something that was given as a name, unless it looks like a secret that was put in the wrong place. */
export function shownName(text: string): string {
  return /AT(AT|BB|CT)/.test(text) || text.length > 200 ? '(not repeated here: it looks like a secret)' : `"${text}"`;
}

/** The error for the settings file itself. */
export function configInvalid(path: string, what: string): RekeyError {
  return new RekeyError('CONFIG_INVALID', `${path} ${what}`);
}
