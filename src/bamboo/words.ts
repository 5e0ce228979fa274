import { cutWords } from '../core/cut.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a hostile server may send terminal escapes in a message.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** A server's words as one short printable line: safe in a terminal, never a whole page. */
export function oneLine(text: string, longest = 200): string {
  return cutWords(text.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim(), longest);
}

/** The first sentence of a server's words: what follows may be a stack trace or a value that was posted. */
export function firstSentence(text: string): string {
  const line = oneLine(text, 2_000);
  const end = line.search(/[.!?](\s|$)/);
  return oneLine(end === -1 ? line : line.slice(0, end + 1));
}

/** A server's words in quotation marks, without the full stop that the sentence around them has. */
export function quoted(words: string): string {
  return `"${words.replace(/[.\s]+$/, '')}"`;
}
