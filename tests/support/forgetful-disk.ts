import { existsSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../src/store/file-system.ts';

/** A file with more bytes than the last sync has covered. */
interface Written {
  length: number;
  synced: number;
}

/** A name that its directory has not been synced for, and how the disk would be without it. */
interface PendingName {
  readonly directory: string;
  readonly undo: () => void;
}

/** The machine's disk, which can be made to forget what nobody synced: content by fsync, names by fsync of their directory. */
export class ForgetfulDisk {
  readonly #files = new Map<string, Written>();
  #names: PendingName[] = [];

  /** The same file system, watched. */
  watch(inner: FileSystem): FileSystem {
    return {
      ...inner,
      create: async (path) => {
        const file = await inner.create(path);
        this.#named(path, () => rmSync(path, { force: true }));
        return this.#watchFile(path, { length: 0, synced: 0 }, file);
      },
      append: async (path) => {
        const { length } = await inner.read(path, 'refuse');
        return this.#watchFile(path, { length, synced: length }, await inner.append(path));
      },
      makeDirectory: async (path) => {
        await inner.makeDirectory(path);
        this.#named(path, () => rmSync(path, { recursive: true, force: true }));
      },
      link: async (from, to) => {
        await inner.link(from, to);
        this.#named(to, () => rmSync(to, { force: true }));
      },
      rename: async (from, to) => {
        const wasThere = existsSync(to);
        await inner.rename(from, to);
        this.#moved(from, to);
        // What stood there before is gone from here; a real disk would have it back.
        if (!wasThere) this.#named(to, () => renameSync(to, from));
      },
      syncDirectory: async (path) => {
        await inner.syncDirectory(path);
        this.#names = this.#names.filter(({ directory }) => directory !== path);
      },
    };
  }

  /** What a power loss does, at its worst: nothing is left of what was not synced. */
  forget(): void {
    for (const [path, { length, synced }] of this.#files) if (synced < length && existsSync(path)) truncateSync(path, synced);
    for (const { undo } of this.#names.reverse()) undo();
  }

  #named(path: string, undo: () => void): void {
    this.#names.push({ directory: dirname(path), undo });
  }

  #moved(from: string, to: string): void {
    for (const [path, written] of [...this.#files]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#files.delete(path);
      this.#files.set(to + path.slice(from.length), written);
    }
  }

  #watchFile(path: string, written: Written, file: OpenFile): OpenFile {
    this.#files.set(path, written);
    const syncing = async (sync: () => Promise<void>): Promise<void> => {
      const { length } = written;
      await sync();
      written.synced = Math.max(written.synced, length);
    };
    return {
      write: async (text) => {
        written.length += Buffer.byteLength(text, 'utf8');
        await file.write(text);
      },
      sync: () => syncing(() => file.sync()),
      syncData: () => syncing(() => file.syncData()),
      truncate: async (length) => {
        await file.truncate(length);
        written.length = length;
        written.synced = Math.min(written.synced, length);
      },
      close: () => file.close(),
    };
  }
}
