import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { RekeyError } from '../core/errors.ts';

/** A text file of any size and of any of the encodings that database tools write. */
export interface TextFile {
  readonly path: string;
  /** How it begins. */
  readonly sample: string;
  /** Whether the sample is all of it. */
  readonly isWhole: boolean;
  readonly bytes: number;
  /** The text from its beginning, piece by piece, without a byte order mark. */
  chunks(signal: AbortSignal): AsyncIterable<string>;
}

const SAMPLE_BYTES = 65_536;
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Opens a text file and finds out its encoding. @throws RekeyError FILE_UNREADABLE | INVENTORY_FILE_INVALID when it is empty or no text */
export async function openTextFile(path: string, signal: AbortSignal): Promise<TextFile> {
  const { bytes, start } = await readStart(path);
  const encoding = MARKS.find(([, mark]) => mark.every((byte, place) => start[place] === byte))?.[0] ?? (await unmarkedEncoding(path, start, signal));
  const sample = new TextDecoder(encoding).decode(start, { stream: true });
  if (sample.trim() === '' && bytes <= SAMPLE_BYTES) throw new RekeyError('INVENTORY_FILE_INVALID', `${path} is empty.`);
  return { path, sample, isWhole: bytes <= SAMPLE_BYTES, bytes, chunks: (stop) => decoded(path, encoding, stop) };
}

async function readStart(path: string): Promise<{ readonly bytes: number; readonly start: Uint8Array }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const about = await file.stat();
    if (!about.isFile()) throw new RekeyError('FILE_UNREADABLE', `${path} is no file.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return { bytes: about.size, start: buffer.subarray(0, bytesRead) };
  } catch (thrown) {
    throw unreadable(path, thrown);
  } finally {
    await file?.close();
  }
}

/** Without a mark a file is UTF-8 where all of it is, and else the Latin-1 of Windows, in which every byte means something. */
async function unmarkedEncoding(path: string, start: Uint8Array, signal: AbortSignal): Promise<string> {
  if (start.includes(0)) throw new RekeyError('INVENTORY_FILE_INVALID', `${path} is no text: it holds zero bytes.`);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { signal })) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'windows-1252';
    throw unreadable(path, thrown);
  }
}

async function* decoded(path: string, encoding: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of createReadStream(path, { signal, highWaterMark: SAMPLE_BYTES * 4 })) yield decoder.decode(chunk as Buffer, { stream: true });
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
  yield decoder.decode();
}

function unreadable(path: string, thrown: unknown): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  const code = (thrown as { code?: unknown }).code;
  if (code === 'ABORT_ERR')
    return new RekeyError('INTERRUPTED', `Interrupted while ${path} was read; nothing was written.`, { remedy: 'Run the same command again.' });
  return new RekeyError('FILE_UNREADABLE', `Could not read ${path} (${String(code)}).`, { cause: thrown });
}
