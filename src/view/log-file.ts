import { closeSync, openSync, writeFileSync } from 'node:fs';
import { RekeyError } from '../core/errors.ts';

/** A file that a log is written to. It may fail in the midst of a request, so the failure is kept for whoever can tell it without harm. */
export class LogFile {
  readonly #path: string;
  readonly #file: number;
  #isClosed = false;
  #failure: RekeyError | undefined;

  /** Opens it for its owner alone. @throws RekeyError FILE_UNWRITABLE */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = openSync(path, 'a', 0o600);
    } catch (cause) {
      throw new RekeyError('FILE_UNWRITABLE', `Could not open the log ${path}: ${wordsOf(cause)}.`, { cause });
    }
  }

  /** Adds to it; nothing more once it has failed or was closed. */
  write(text: string): void {
    if (this.#isClosed) return;
    try {
      writeFileSync(this.#file, text);
    } catch (cause) {
      this.close();
      this.#failure = new RekeyError('DISK_FAILED', `Could not write the log ${this.#path}: ${wordsOf(cause)}.`, {
        cause,
        remedy: 'Make room or name another --log-file. Then continue a run with "bamboo-rekey resume latest"; repeat any other command.',
      });
    }
  }

  /** Why it takes nothing more, once. */
  takeFailure(): RekeyError | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** Lets go of it. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#file);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
