import type { FileSystem } from './file-system.ts';
import { isSystemError, named } from './system-error.ts';

/**
 * Reads one file of a run.
 * @throws RekeyError RUN_DAMAGED when it is not there or not a file, FILE_UNREADABLE when it may be there.
 */
export async function readRunFile(fileSystem: FileSystem, path: string): Promise<Buffer> {
  try {
    return Buffer.from(await fileSystem.read(path, 'refuse'));
  } catch (thrown) {
    const damaged = isSystemError(thrown, 'ENOENT', 'EISDIR', 'ELOOP', 'ENOTDIR');
    throw named(thrown, damaged ? 'RUN_DAMAGED' : 'FILE_UNREADABLE', `Could not read ${path}`);
  }
}
