import type { Readable } from 'node:stream';
import { RekeyError } from '../../core/errors.ts';
import type { LogFiles, LogReading } from '../../core/ports.ts';
import { isSystemError, named } from '../system-error.ts';
import { eachPiece, fileBytes, streamBytes } from './log-source.ts';
import { RecordScanner } from './record-scanner.ts';
import { whyNotText } from './text-check.ts';

/** Where logs come from. */
export interface LogPlaces {
  /** The log with the name `-`. */
  stdin(): Readable;
  /** Path of a log that the user has named. */
  path(name: string): string;
}

/** Bamboo's logs: files, plain or packed, and standard input. */
export function openLogFiles(places: LogPlaces): LogFiles {
  return {
    scan: async (name, marks, take, signal) => {
      const scanner = new RecordScanner(marks, take);
      let bytes = 0;
      const give = (piece: Uint8Array): void => {
        if (bytes === 0) refuseOtherThanText(piece, name);
        bytes += piece.length;
        scanner.push(piece);
      };
      const source = name === '-' ? streamBytes(places.stdin()) : fileBytes(places.path(name));
      const problem = await eachPiece(source, give, signal).catch((thrown: unknown) => {
        signal.throwIfAborted();
        return problemOf(thrown, name, bytes);
      });
      scanner.end();
      return readingOf(bytes, problem ?? undefined);
    },
  };
}

function readingOf(bytes: number, problem: RekeyError | undefined): LogReading {
  if (problem !== undefined) return { kind: bytes === 0 ? 'unreadable' : 'broken-off', bytes, problem };
  return { kind: bytes === 0 ? 'empty' : 'read', bytes };
}

function refuseOtherThanText(piece: Uint8Array, name: string): void {
  const why = whyNotText(piece);
  if (why !== undefined) throw new RekeyError('LOG_NOT_TEXT', `Could not read ${shown(name)}: ${why}.`);
}

/** zlib's own codes: the data ends too early, or is not what its checksums say. */
function problemOf(thrown: unknown, name: string, bytes: number): RekeyError {
  const told = `${bytes === 0 ? 'Could read nothing' : 'Could read only the first part'} of ${shown(name)}`;
  if (isSystemError(thrown, 'Z_BUF_ERROR')) return new RekeyError('LOG_DAMAGED', `${told}: it is a truncated gzip file.`, { cause: thrown });
  if (isSystemError(thrown, 'Z_DATA_ERROR')) return new RekeyError('LOG_DAMAGED', `${told}: it is a damaged gzip file.`, { cause: thrown });
  return named(thrown, 'FILE_UNREADABLE', bytes === 0 ? `Could not read ${shown(name)}` : told);
}

function shown(name: string): string {
  return name === '-' ? 'standard input' : name;
}
