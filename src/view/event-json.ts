import type { RunEvent } from '../core/events.ts';
import { jsonPieces } from '../core/json-pieces.ts';
import { safeJson } from './safe-text.ts';

/** An event as one line of NDJSON, harmless on a terminal as well. */
export function eventJson(event: RunEvent): string {
  return `${safeJson(JSON.stringify(event))}\n`;
}

/** A document as indented JSON, harmless on a terminal as well. */
export function documentJson(document: unknown): string {
  return `${safeJson(JSON.stringify(document, null, 2))}\n`;
}

/** The same in pieces, for a document with long lists. */
export function* documentPieces(document: object): Generator<string> {
  for (const piece of jsonPieces(document)) yield safeJson(piece);
}
