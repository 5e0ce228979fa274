import { fstatSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { RekeyError } from '../core/errors.ts';

/**
 * Standard output for results: where it is a file, Node takes a write that was cut short by a full disk for a whole one,
 * so that such a file is written here, each piece to its end.
 */
export function wholeOutput(stdout: NodeJS.WriteStream, fd = 1): NodeJS.WriteStream {
  if (stdout.isTTY || !fstatSync(fd).isFile()) return stdout;
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      try {
        writeFileSync(fd, chunk);
        done();
      } catch (thrown) {
        done(thrown as Error);
      }
    },
  }) as NodeJS.WriteStream;
}

/** What is told of a result that did not get out whole. */
export function resultLost(cause: Error): RekeyError {
  return new RekeyError('DISK_FAILED', `The result could not be written whole to standard output: ${cause.message}.`, {
    cause,
    remedy: 'Make room, then run the same command again; where it was a run, "bamboo-rekey show latest" tells its result.',
  });
}
