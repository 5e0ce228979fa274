/** How the fields of a file are kept apart. */
export interface CsvShape {
  readonly delimiter: string;
  readonly quoted: boolean;
  /** Line ends and tabs inside of fields are written \n and \t, as `mysql --batch` does. */
  readonly escaped: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Finds out how a file is written from its beginning; the header decides, as the columns' names hold none of the delimiters. */
export function detectShape(sample: string): CsvShape {
  const [header = ''] = sample.split(/\r\n|\n|\r/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  const delimiter = [...DELIMITERS].sort((one, other) => count(other) - count(one))[0] ?? ',';
  if (delimiter !== '\t') return { delimiter, quoted: true, escaped: false };
  const quoted = isQuoted(sample);
  return { delimiter, quoted, escaped: !quoted && /\\/.test(sample) && !/\\(?![\\ntr0NZb'"])/.test(sample.replaceAll('\\\\', '')) };
}

/** With tabs both kinds occur: quotes are quotes only where each that opens a field also ends one; the sample may end inside of one. */
function isQuoted(sample: string): boolean {
  const opening = sample.match(/(^|[\t\r\n])"/g)?.length ?? 0;
  const closing = sample.match(/"(?=[\t\r\n]|$)/g)?.length ?? 0;
  return closing > 0 && Math.abs(opening - closing) <= 1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', Z: '\u001a', b: '\b' };

/** Undoes the escapes of `mysql --batch`. */
export function unescapeField(field: string): string {
  return field.includes('\\') ? field.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter) : field;
}
