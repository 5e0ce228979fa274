import { RekeyError } from '../core/errors.ts';
import type { Documents } from '../core/ports.ts';
import type { FileSystem } from './file-system.ts';
import { named } from './system-error.ts';
import { writeDurably } from './write-durably.ts';

/** Files that the user names: plans, reports, inventories. */
export function openDocuments(fileSystem: FileSystem): Documents {
  return {
    read: async (path) => {
      const bytes = await fileSystem.read(path, 'follow').catch((thrown: unknown) => {
        throw named(thrown, 'FILE_UNREADABLE', `Could not read ${path}`);
      });
      return decodeText(bytes, path);
    },
    makeDirectory: async (path) => {
      try {
        const entry = await fileSystem.inspect(path, 'follow');
        if (entry === undefined) await fileSystem.makeDirectory(path);
        else if (entry.kind !== 'directory') throw new RekeyError('FILE_UNWRITABLE', `Could not make the directory ${path}: something else stands there.`);
      } catch (thrown) {
        throw named(thrown, 'FILE_UNWRITABLE', `Could not make the directory ${path}`);
      }
    },
    create: async (path, text) => {
      try {
        await refuseOtherThanFile(fileSystem, path);
        await refuseStanding(fileSystem, path);
        await writeDurably(fileSystem, path, text);
      } catch (thrown) {
        throw named(thrown, 'FILE_UNWRITABLE', `Could not write ${path}`);
      }
    },
    write: async (path, text) => {
      try {
        await refuseOtherThanFile(fileSystem, path);
        await writeDurably(fileSystem, path, text);
      } catch (thrown) {
        throw named(thrown, 'FILE_UNWRITABLE', `Could not write ${path}`);
      }
    },
  };
}

function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new RekeyError('FILE_UNREADABLE', `Could not read ${path}: it is not UTF-8 text.`, { cause });
  }
}

async function refuseStanding(fileSystem: FileSystem, path: string): Promise<void> {
  if ((await fileSystem.inspect(path, 'refuse')) === undefined) return;
  throw new RekeyError('FILE_UNWRITABLE', `${path} exists already.`, { remedy: 'Overwrite it with --force, or name another file.' });
}

/** Replacing by rename would put a plain file where /dev/null or a link stood. */
async function refuseOtherThanFile(fileSystem: FileSystem, path: string): Promise<void> {
  const entry = await fileSystem.inspect(path, 'refuse');
  if (entry === undefined || entry.kind === 'file') return;
  const what = { directory: 'a directory', link: 'a symbolic link', other: 'a device or pipe' }[entry.kind];
  throw new RekeyError('FILE_UNWRITABLE', `Could not write ${path}: it is ${what}, not a plain file.`);
}
