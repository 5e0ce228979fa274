/** How the fields of a file are kept apart. */
export interface CsvShape {
  readonly delimiter: Delimiter;
  readonly quoted: boolean;
  /** Line ends and tabs inside of fields are written \n and \t, as `mysql --batch` does. */
  readonly escaped: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** Finds out how a file is written from its beginning; the header decides, as the columns' names hold none of the delimiters. */
export function detectShape(sample: string): CsvShape {
  const [header = ''] = sample.split(/\r\n|\n|\r/, 1);
  const count = (delimiter: Delimiter) => header.split(delimiter).length;
  const delimiter = [...DELIMITERS].sort((one, other) => count(other) - count(one))[0] ?? ',';
  if (delimiter === ',' || delimiter === ';') return { delimiter, quoted: true, escaped: false };
  const quoted = isQuoted(sample, delimiter);
  return { delimiter, quoted, escaped: delimiter === '\t' && !quoted && /\\/.test(sample) && !/\\(?![\\ntr0NZb'"])/.test(sample.replaceAll('\\\\', '')) };
}

/**
 * With tabs and bars both kinds occur, and `mysql --batch` and `psql` quote nothing: quotes are quotes only where every field that holds one begins
 * and ends with one; the sample may end inside of such a field.
 */
function isQuoted(sample: string, delimiter: '\t' | '|'): boolean {
  const field = delimiter === '\t' ? /(?:"((?:[^"]|"")*)(?:"|$)|[^"\t\r\n]*)(?:\t|\r\n|\r|\n|$)/y : /(?:"((?:[^"]|"")*)(?:"|$)|[^"|\r\n]*)(?:\||\r\n|\r|\n|$)/y;
  let found = false;
  while (field.lastIndex < sample.length) {
    const match = field.exec(sample);
    if (match === null) return false;
    found ||= match[1] !== undefined;
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', Z: '\u001a', b: '\b' };

/** Undoes the escapes of `mysql --batch`. */
export function unescapeField(field: string): string {
  return field.includes('\\') ? field.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter) : field;
}
