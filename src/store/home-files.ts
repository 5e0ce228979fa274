import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { RekeyError } from '../core/errors.ts';
import type { HomeFile, HomeFiles } from '../core/ports.ts';
import { isSystemError, named } from './system-error.ts';

/** Not there on Windows, where links need a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** A pipe put in the file's place would be waited for without end. */
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/** Bamboo's home as it is mounted, copied or shared at `local`. */
export function openHomeFiles(local: string): HomeFiles {
  let home: string | undefined;
  return {
    async read(parts, most) {
      // Asked once: where a link at `local` is turned meanwhile, no new document appears any more, and nothing is written.
      home ??= await homeAt(local);
      return readBelow(join(home, ...parts), most);
    },
  };
}

async function homeAt(local: string): Promise<string> {
  return realpath(local).catch((thrown: unknown) => {
    throw named(
      thrown,
      'DOCUMENT_UNREADABLE',
      `bamboo.home.local, ${local}, can not be opened`,
      'Mount the home of Bamboo there, or correct bamboo.home.local.',
    );
  });
}

async function readBelow(path: string, most: number): Promise<HomeFile> {
  try {
    const real = await realpath(path);
    if (real !== path) throw new RekeyError('DOCUMENT_UNREADABLE', `${path} is, or lies behind, a link; links inside Bamboo's home are not followed.`);
    const handle = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    return await contentOf(handle, path, most).finally(() => handle.close());
  } catch (thrown) {
    if (isSystemError(thrown, 'ENOENT')) return { kind: 'absent' };
    if (isSystemError(thrown, 'EACCES', 'EPERM')) throw belongsToAnother(path, thrown);
    throw named(thrown, 'DOCUMENT_UNREADABLE', `${path} can not be read`);
  }
}

async function contentOf(handle: FileHandle, path: string, most: number): Promise<HomeFile> {
  const found = await handle.stat({ bigint: true });
  if (!found.isFile()) throw new RekeyError('DOCUMENT_UNREADABLE', `${path} is not a file.`);
  if (found.size > BigInt(most)) throw new RekeyError('DOCUMENT_UNREADABLE', `${path} holds more than ${most} bytes, which no document of a repository does.`);
  // An empty buffer is refused, so there is room for one byte more.
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Number(found.size) + 1));
  return {
    kind: 'file',
    bytes: buffer.subarray(0, bytesRead),
    modified: new Date(Number(found.mtimeMs)),
    stamp: `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`,
  };
}

function belongsToAnother(path: string, cause: unknown): RekeyError {
  return new RekeyError('DOCUMENT_UNREADABLE', `${path} belongs to another user, and this account has no right to read it.`, {
    cause,
    remedy: 'Run as the user that Bamboo runs as, or give this account the right to read the folder that Bamboo exports to.',
  });
}
