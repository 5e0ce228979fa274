import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** Why an answer's body could not be taken. */
export class BodyRefused extends TypeError {}

/** How much of a body is read, and what happens when there is more. */
export type Take = { readonly kind: 'whole'; readonly maxBytes: number } | { readonly kind: 'first'; readonly bytes: number };

/** Reads a body as it came over the wire. Leaving early closes the connection. */
export async function readRaw(stream: Readable, take: Take, onPiece: () => void): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    onPiece();
    pieces.push(piece);
    length += piece.length;
    if (take.kind === 'first' && length >= take.bytes) break;
    if (take.kind === 'whole' && length > take.maxBytes) throw new BodyRefused(`the answer is longer than ${take.maxBytes} bytes`);
  }
  return Buffer.concat(pieces);
}

/** Undoes the content encoding. A whole body must be whole: a gzip body cut short is an error, unlike in axios. */
export async function decode(raw: Buffer, encoding: string, take: Take): Promise<Uint8Array> {
  if (raw.length === 0 || encoding === '' || encoding === 'identity') return cut(raw, take);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new BodyRefused(`the answer is encoded as "${encoding.slice(0, 20)}", which was not asked for`);
  try {
    return cut(await unzip(raw, take.kind === 'first' ? { finishFlush: constants.Z_SYNC_FLUSH } : { maxOutputLength: take.maxBytes }), take);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new BodyRefused('the answer unpacks to more than is taken');
    throw new BodyRefused('the answer is damaged: its gzip packing is broken');
  }
}

function cut(bytes: Buffer, take: Take): Uint8Array {
  return take.kind === 'first' ? bytes.subarray(0, take.bytes) : bytes;
}
