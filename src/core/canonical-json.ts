import { createHash } from 'node:crypto';

/** JSON with sorted keys and without blanks: equal values give equal text, however they were built. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  return `{${members(value)
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`)
    .join(',')}}`;
}

/** SHA-256 of the canonical JSON of a document. Its lists are fed entry by entry: the text of 10,000 changes would take many megabytes. */
export function canonicalDigest(document: object): string {
  const hash = createHash('sha256').update('{');
  members(document).forEach(([key, part], index) => {
    hash.update(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
    for (const piece of Array.isArray(part) ? listPieces(part) : [canonicalJson(part)]) hash.update(piece);
  });
  return hash.update('}').digest('hex');
}

/** SHA-256 of a text as lower case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, entry] of list.entries()) yield `${index > 0 ? ',' : ''}${canonicalJson(entry)}`;
  yield ']';
}

function members(value: object): [string, unknown][] {
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
