import type { FileSystem, OpenFile } from './file-system.ts';
import { named } from './system-error.ts';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (why: Error) => void;
}

/**
 * A file of lines to which is only appended. A line is on disk when its promise resolves, in the order of the calls;
 * lines that come while the disk is busy share the next sync.
 */
export class LineFile {
  readonly #file: OpenFile;
  readonly #path: string;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(file: OpenFile, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Opens an existing file, and durably cuts off whatever stands behind its first `length` bytes. */
  static async open(fileSystem: FileSystem, path: string, length: number): Promise<LineFile> {
    const file = await fileSystem.append(path);
    try {
      await file.truncate(length);
      await file.sync();
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
    return new LineFile(file, path);
  }

  /** @throws RekeyError DISK_FAILED, for this and every later line: what the disk holds is not known any more. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  /** Waits for the lines under way. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close().catch((thrown: unknown) => {
      throw named(thrown, 'DISK_FAILED', `Could not close ${this.#path}`);
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const failure = await this.#write(group.map(({ line }) => `${line}\n`).join(''));
      for (const { resolve, reject } of group) {
        if (failure === undefined) resolve();
        else reject(failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<Error | undefined> {
    if (this.#failure !== undefined) return this.#failure;
    try {
      await this.#file.write(text);
      await this.#file.syncData();
    } catch (thrown) {
      this.#failure = named(thrown, 'DISK_FAILED', `Could not write ${this.#path}`);
    }
    return this.#failure;
  }
}
