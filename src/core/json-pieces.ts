/**
 * The text that `JSON.stringify(document, null, 2)` gives, with a line end, in pieces: list entry by list entry.
 * Whole, the text of 10,000 entries takes many megabytes, and its bytes take as many again.
 */
export function* jsonPieces(document: object): Generator<string> {
  let lead = '{\n';
  for (const [key, part] of Object.entries(document)) {
    if (part === undefined) continue;
    yield `${lead}  ${JSON.stringify(key)}: `;
    if (isList(part)) yield* listPieces(part);
    else yield indented(part, '  ');
    lead = ',\n';
  }
  yield lead === '{\n' ? '{}\n' : '\n}\n';
}

function* listPieces(list: Iterable<unknown>): Generator<string> {
  let lead = '[\n';
  for (const entry of list) {
    yield `${lead}    ${indented(entry, '    ')}`;
    lead = ',\n';
  }
  yield lead === '[\n' ? '[]' : '\n  ]';
}

/** Line ends stand between values only: inside texts they are escaped. */
function indented(value: unknown, blanks: string): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${blanks}`);
}

function isList(part: unknown): part is Iterable<unknown> {
  return typeof part === 'object' && part !== null && Symbol.iterator in part;
}
