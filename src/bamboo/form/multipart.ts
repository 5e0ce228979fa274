import { randomUUID } from 'node:crypto';
import type { Secret } from '../../core/secret.ts';
import { wireText } from '../clear-text.ts';

/** One part of a posted form. A file input is posted as an empty file: nobody chose one. */
export type Part = { readonly kind: 'field'; readonly name: string; readonly value: string | Secret } | { readonly kind: 'file'; readonly name: string };

/** A body with its content type. */
export interface FormBody {
  readonly contentType: string;
  readonly body: Uint8Array;
}

function withBrowserBreaks(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}

/** Names are written as browsers write them (WHATWG, multipart/form-data encoding algorithm). */
function encodedName(name: string): string {
  return withBrowserBreaks(name).replaceAll('\r\n', '%0D%0A').replaceAll('"', '%22');
}

function encodePart(part: Part): string {
  const head = `Content-Disposition: form-data; name="${encodedName(part.name)}"`;
  if (part.kind === 'file') return `${head}; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n`;
  return `${head}\r\n\r\n${withBrowserBreaks(wireText(part.value))}\r\n`;
}

/** Encodes parts as a browser does: in order, duplicates kept, UTF-8. Node's own FormData leaves out the name of an empty file. */
export function encodeMultipart(parts: readonly Part[]): FormBody {
  const boundary = `----bamboo-rekey-${randomUUID()}`;
  const text = parts.map((part) => `--${boundary}\r\n${encodePart(part)}`).join('');
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: new TextEncoder().encode(`${text}--${boundary}--\r\n`) };
}
