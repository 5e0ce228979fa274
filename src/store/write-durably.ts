import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from './file-system.ts';

/** A text, whole or in pieces. */
type Text = string | Iterable<string>;

const WORTH_A_CALL = 64 * 1024;

/**
 * Replaces a file so that after a crash it holds either the old text or the new one, never a mixture; mode 0600.
 * Failures are the system's own errors: the caller knows what the file meant.
 */
export async function writeDurably(fileSystem: FileSystem, path: string, text: Text): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeNew(fileSystem, temporary, text);
    await fileSystem.rename(temporary, path);
  } catch (thrown) {
    await discard(fileSystem, temporary);
    throw thrown;
  }
  await fileSystem.syncDirectory(dirname(path));
}

/** The same for a file that must not be there yet: it appears whole, or not at all. */
export async function createDurably(fileSystem: FileSystem, path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeNew(fileSystem, temporary, text);
    await fileSystem.link(temporary, path);
  } finally {
    await discard(fileSystem, temporary);
  }
  await fileSystem.syncDirectory(dirname(path));
}

/** A new file with its content on disk; its name is only there after its directory is synced. */
export async function writeNew(fileSystem: FileSystem, path: string, text: Text): Promise<void> {
  const file = await fileSystem.create(path);
  try {
    await writeAll(file, text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Pieces are put together to what is worth a call to the system. */
async function writeAll(file: OpenFile, text: Text): Promise<void> {
  let together = '';
  for (const piece of typeof text === 'string' ? [text] : text) {
    if (together.length >= WORTH_A_CALL) {
      await file.write(together);
      together = '';
    }
    together += piece;
  }
  await file.write(together);
}

/** Removes what is of no use any more. Failing at that harms nobody, so the failure that led here is the one to tell. */
export async function discard(fileSystem: FileSystem, path: string): Promise<void> {
  await fileSystem.remove(path).catch(() => undefined);
}
