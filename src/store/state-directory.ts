import { dirname } from 'node:path';
import { RekeyError } from '../core/errors.ts';
import type { FileSystem } from './file-system.ts';
import { isSystemError, named } from './system-error.ts';

/** Makes sure that a directory is there and that its name survives a crash. Missing parents are made, too; all of them 0700. */
export async function ensureDirectory(fileSystem: FileSystem, path: string): Promise<void> {
  try {
    await makeDirectory(fileSystem, path);
  } catch (thrown) {
    if (!isSystemError(thrown, 'EEXIST')) throw named(thrown, 'FILE_UNWRITABLE', `Could not create the directory ${path}`);
  }
}

/**
 * Whether the state directory is there.
 * @throws RekeyError STATE_DIRECTORY_UNSAFE when it is no directory, or others have any right to it (not checked on Windows).
 */
export async function isStateDirectory(fileSystem: FileSystem, path: string, platform: string): Promise<boolean> {
  const entry = await inspect(fileSystem, path, 'follow');
  if (entry === undefined) return false;
  if (entry.kind !== 'directory') throw unsafe(`${path} is to be the state directory, and it is not a directory.`);
  if (platform !== 'win32' && (entry.mode & 0o077) !== 0) {
    throw unsafe(`The state directory ${path} is open to others (mode ${entry.mode.toString(8).padStart(4, '0')}).`);
  }
  return true;
}

/**
 * Whether a directory inside the state directory is there.
 * @throws RekeyError STATE_DIRECTORY_UNSAFE when a link or anything else stands in its place.
 */
export async function isInnerDirectory(fileSystem: FileSystem, path: string): Promise<boolean> {
  const entry = await inspect(fileSystem, path, 'refuse');
  if (entry === undefined) return false;
  if (entry.kind === 'link')
    throw unsafe(`${path} is a symbolic link; links inside the state directory are not followed.`, 'Put the directory itself in its place.');
  if (entry.kind !== 'directory') throw unsafe(`${path} is not a directory.`, 'Move away what stands there.');
  return true;
}

async function makeDirectory(fileSystem: FileSystem, path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await fileSystem.makeDirectory(path);
  } catch (thrown) {
    if (!isSystemError(thrown, 'ENOENT') || parent === path) throw thrown;
    await ensureDirectory(fileSystem, parent);
    await fileSystem.makeDirectory(path);
  }
  await fileSystem.syncDirectory(parent);
}

async function inspect(fileSystem: FileSystem, path: string, links: 'follow' | 'refuse') {
  return await fileSystem.inspect(path, links).catch((thrown: unknown) => {
    throw named(thrown, 'FILE_UNREADABLE', `Could not look at ${path}`);
  });
}

function unsafe(detail: string, remedy?: string): RekeyError {
  return new RekeyError('STATE_DIRECTORY_UNSAFE', detail, remedy === undefined ? {} : { remedy });
}
