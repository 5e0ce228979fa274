import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** Reads are into two buffers by turns, so that gigabytes pass through without filling the heap. */
const READ_LENGTH = 256 * 1024;

/** The bytes of a file, one piece at a time; a piece is only good until the next one is asked for. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path);
  try {
    yield* handleBytes(handle);
  } finally {
    await handle.close();
  }
}

/** One piece is read while the one before it is looked at. */
async function* handleBytes(handle: FileHandle): AsyncGenerator<Uint8Array> {
  let spare: Buffer = Buffer.allocUnsafe(READ_LENGTH);
  let reading = startReading(handle, Buffer.allocUnsafe(READ_LENGTH));
  try {
    for (;;) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return;
      reading = startReading(handle, spare);
      yield buffer.subarray(0, bytesRead);
      spare = buffer;
    }
  } finally {
    // Whoever asks for no more does not care how the last one ends, but its buffer is in use until then.
    await reading.catch(() => undefined);
  }
}

function startReading(handle: FileHandle, buffer: Buffer): Promise<{ readonly bytesRead: number; readonly buffer: Buffer }> {
  const reading = handle.read(buffer, 0, READ_LENGTH, null);
  // Looked at when it is waited for; until then it is nobody's failure.
  reading.catch(() => undefined);
  return reading;
}

/** The bytes of a stream. */
export async function* streamBytes(stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield Buffer.from(piece);
}

/** Gives text on as it is and unpacks gzip, whatever the name says; what came before a fault has been given on when it throws. */
export async function eachPiece(source: AsyncIterable<Uint8Array>, give: (piece: Uint8Array) => void, signal: AbortSignal): Promise<void> {
  let unpack: Unpacking | undefined;
  let begun = false;
  for await (const piece of source) {
    signal.throwIfAborted();
    if (!begun && isGzip(piece)) unpack = startUnpacking(give);
    begun = true;
    if (unpack === undefined) give(piece);
    else await unpack.write(piece);
  }
  await unpack?.end();
}

interface Unpacking {
  write(piece: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

function startUnpacking(give: (piece: Uint8Array) => void): Unpacking {
  const gunzip = createGunzip({ chunkSize: READ_LENGTH });
  // Listening, not iterating: what was unpacked before a fault would be thrown away with the stream.
  gunzip.on('data', (piece: Buffer) => {
    try {
      give(piece);
    } catch (thrown) {
      gunzip.destroy(thrown instanceof Error ? thrown : undefined);
    }
  });
  const ended = finished(gunzip);
  // Looked at in `write` and `end`; until then it is nobody's failure.
  ended.catch(() => undefined);
  return {
    // The next piece overwrites this one's buffer, so it must have been taken in.
    write: (piece) => Promise.race([new Promise<void>((resolve) => gunzip.write(piece, () => resolve())), ended]),
    end: () => {
      gunzip.end();
      return ended;
    },
  };
}

function isGzip(piece: Uint8Array): boolean {
  return piece[0] === 0x1f && piece[1] === 0x8b;
}
