import { type ErrorCode, RekeyError } from '../core/errors.ts';

/** What the system's error codes mean, as the end of a sentence. */
const MEANING: Readonly<Record<string, string>> = {
  EACCES: 'this account has no right to it',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something stands there already',
  EIO: 'the disk reports a fault',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a symbolic link',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a directory',
  EPERM: 'the system does not allow it',
  EROFS: 'the file system is read-only',
};

/** Whether something thrown is one of these errors of the operating system. */
export function isSystemError(thrown: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(thrown) ?? '');
}

/** Names a failure of the operating system; what already has a name keeps it. */
export function named(thrown: unknown, code: ErrorCode, act: string, remedy?: string): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  return new RekeyError(code, `${act}: ${plainWords(thrown)}.`, remedy === undefined ? { cause: thrown } : { cause: thrown, remedy });
}

/** What went wrong, in plain words with the system's code. */
function plainWords(thrown: unknown): string {
  const code = codeOf(thrown);
  const meaning = code === undefined ? undefined : MEANING[code];
  if (meaning !== undefined) return `${meaning} (${code})`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function codeOf(thrown: unknown): string | undefined {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
