import { constants, type Stats } from 'node:fs';
import { chmod, type FileHandle, link, lstat, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { isSystemError } from './system-error.ts';

/** What stands at a path. */
export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits. */
  readonly mode: number;
}

/** Whether a symbolic link at the end of a path is followed. Inside the state directory it never is. */
export type Links = 'follow' | 'refuse';

/** A file that is open for writing at its end. */
export interface OpenFile {
  /** Writes all of the text (UTF-8), or throws. */
  write(text: string): Promise<void>;
  /** Content and rights are on disk when this resolves (fsync). */
  sync(): Promise<void>;
  /** Content is on disk when this resolves (fdatasync). */
  syncData(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** Every call to the file system that the store makes. Tests wrap it with faults; failures are the system's own errors. */
export interface FileSystem {
  /** A new file of mode 0600; fails when anything stands there. */
  create(path: string): Promise<OpenFile>;
  /** An existing file, never through a link. */
  append(path: string): Promise<OpenFile>;
  read(path: string, links: Links): Promise<Uint8Array>;
  /** undefined when nothing stands there. */
  inspect(path: string, links: Links): Promise<Entry | undefined>;
  list(path: string): Promise<string[]>;
  /** A new directory of mode 0700; fails when anything stands there. */
  makeDirectory(path: string): Promise<void>;
  /** A second name for a file; fails when anything stands there. */
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names in the directory are on disk when this resolves. */
  syncDirectory(path: string): Promise<void>;
}

/** Not there on Windows, where links need a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = {
  create: async (path) => openFile(await openOwned(path)),
  append: async (path) => openFile(await open(path, constants.O_RDWR | constants.O_APPEND | NO_FOLLOW)),
  read: (path, links) => readFile(path, { flag: constants.O_RDONLY | (links === 'refuse' ? NO_FOLLOW : 0) }),
  inspect: async (path, links) => {
    const found = await (links === 'follow' ? stat(path) : lstat(path)).catch(absent);
    return found && { kind: kindOf(found), mode: found.mode & 0o777 };
  },
  list: (path) => readdir(path),
  makeDirectory: async (path) => {
    await mkdir(path, 0o700);
    // The umask can only have taken rights away from us; give them back.
    await chmod(path, 0o700);
  },
  link,
  rename,
  remove: unlink,
  syncDirectory,
};

async function openOwned(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | NO_FOLLOW, 0o600);
  await handle.chmod(0o600);
  return handle;
}

function openFile(handle: FileHandle): OpenFile {
  return {
    write: (text) => handle.appendFile(text, 'utf8'),
    sync: () => handle.sync(),
    syncData: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

/** Windows opens no directories, and some network file systems cannot sync them: they keep names safe by themselves, or not at all. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch (thrown) {
    if (!isSystemError(thrown, 'EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP')) throw thrown;
  }
}

function absent(thrown: unknown): undefined {
  if (!isSystemError(thrown, 'ENOENT')) throw thrown;
}

function kindOf(found: Stats): Entry['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  return found.isSymbolicLink() ? 'link' : 'other';
}
