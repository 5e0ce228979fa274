import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** Something wrong in the file, with where it stands. Holds no value of the file. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  /** `tokens.ci.token`; empty where the text itself is the matter. */
  readonly path: string;
  readonly message: string;
}

/** The file as data, with a way back from a path to its place in the text. */
export interface ParsedYaml {
  readonly value: unknown;
  /** Where a value stands; for a key that is not there, where its parent stands. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Where the key itself stands. */
  placeOfKey(parent: readonly PropertyKey[], key: string): Place;
}

type Place = Pick<Problem, 'line' | 'column'>;

/** Own words for the faults that people make; the library's own would repeat parts of the file. */
const FAULTS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab is used to indent; YAML wants blanks',
  MULTIPLE_DOCS: 'a second document begins here; one file holds one',
  MISSING_CHAR: 'a closing quote or bracket, a colon or a comma is missing',
  BAD_INDENT: 'the indentation does not fit',
  BAD_SCALAR_START: 'a text that begins with @, ` or % must stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'there are two colons in one line; put the text in quotes',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
  TAG_RESOLVE_FAILED: 'a word that begins with ! has no meaning here; put it in quotes',
};

/** Parses one YAML document, strictly. */
export function parseYaml(text: string): ParsedYaml | readonly Problem[] {
  const lines = new LineCounter();
  const place = (offset: number): Place => ({ line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const faults = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    path: '',
    message: FAULTS[error.code] ?? `this is not valid YAML (${error.code})`,
  }));
  const problems = [
    ...faults,
    ...oddKeys(document).map((offset) => ({ ...place(offset), path: '', message: 'a key must be a plain word; a {{placeholder}} must be filled in' })),
  ];
  if (problems.length > 0) return problems;
  const value = toData(document);
  if (value === UNRESOLVED)
    return [
      {
        line: 1,
        column: 1,
        path: '',
        message: 'an alias (*name) has no anchor (&name) before it, or there are far too many; put texts that begin with * in quotes',
      },
    ];
  return { value, ...places(document, place) };
}

const UNRESOLVED = Symbol('unresolved');

/** The library refuses aliases without anchor, and documents that aliases would blow up. */
function toData(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return UNRESOLVED;
  }
}

function oddKeys(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_position, { key }) => {
      if (!isScalar(key)) offsets.push((key as Node | null)?.range?.[0] ?? 0);
    },
  });
  return offsets;
}

function places(document: Document, place: (offset: number) => Place): Pick<ParsedYaml, 'placeOf' | 'placeOfKey'> {
  const placeOf = (path: readonly PropertyKey[]): Place => {
    const node = document.getIn(path, true) as Node | undefined;
    if (node?.range) return place(node.range[0]);
    return path.length === 0 ? { line: 1, column: 1 } : placeOf(path.slice(0, -1));
  };
  return {
    placeOf,
    placeOfKey(parent, key) {
      const map = parent.length === 0 ? document.contents : document.getIn(parent, true);
      const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
      const node = pair?.key as Node | undefined;
      return node?.range ? place(node.range[0]) : placeOf(parent);
    },
  };
}
