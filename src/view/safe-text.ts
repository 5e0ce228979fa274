/** Control characters, lone surrogates, and the marks that reorder, hide or break what a terminal shows. */
const HARMFUL = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** The same characters, but for the line ends that lay out a JSON document. */
const HARMFUL_IN_JSON = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Makes text from a server harmless on a terminal: what would move the cursor, colour, reorder or hide is shown as an escape. */
export function safeText(text: string): string {
  return text.replace(HARMFUL, escapeCharacter);
}

/** Does the same for finished JSON text, losing nothing: the escapes are JSON's own. */
export function safeJson(json: string): string {
  return json.replace(HARMFUL_IN_JSON, escapeCharacter);
}
