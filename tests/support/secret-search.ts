/** A place that was written or printed. */
export interface Artefact {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A secret, and what to call it when it is found. */
export interface SoughtSecret {
  readonly name: string;
  readonly value: string;
  /** What it starts with is no secret, as the user name in a Basic credential. */
  readonly startsInClear?: boolean;
}

/** Looks for secrets in everything that was written or printed, in every form in which they may stand there. Names what it finds, never the value. */
export function findSecrets(secrets: readonly SoughtSecret[], artefacts: readonly Artefact[]): string[] {
  const found: string[] = [];
  const places = artefacts.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) }));
  for (const { name, value, startsInClear = false } of secrets) {
    for (const [encoding, needle] of encodingsOf(value)) {
      if (startsInClear && encoding === CUT) continue;
      for (const place of places) if (place.bytes.includes(needle)) found.push(`${name}, ${encoding}, in ${place.name}`);
    }
  }
  return found;
}

/** As much of the start of a secret counts as a find: words that are cut may end within it. Tokens of Atlassian all have the first 12 characters in common. */
const CUT_LENGTH = 16;
const CUT = 'raw, cut';

/** How one value may stand in a file: as it is, the start of it, in an address or a form, in a header, in JSON, in a page. */
export function encodingsOf(value: string): ReadonlyMap<string, Buffer> {
  const texts = new Map<string, string>([['raw', value]]);
  if (value.length > CUT_LENGTH) texts.set(CUT, value.slice(0, CUT_LENGTH));
  const component = encodeURIComponent(value);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const everyByte = [...Buffer.from(value, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  for (const [name, text] of Object.entries({ 'URL-encoded': component, 'form-encoded': form, 'URL-encoded, every byte': everyByte })) {
    texts.set(name, text);
    texts.set(
      `${name}, other case`,
      text.replace(/%[0-9a-fA-F]{2}/g, (code) => (code === code.toUpperCase() ? code.toLowerCase() : code.toUpperCase())),
    );
  }
  const json = JSON.stringify(value).slice(1, -1);
  texts.set('JSON-escaped', json);
  texts.set('JSON-escaped, ASCII', asciiJson(json));
  texts.set('JSON in JSON', JSON.stringify(json).slice(1, -1));
  for (const [name, quotes] of Object.entries({ named: ['&quot;', '&apos;'], decimal: ['&#34;', '&#39;'], hexadecimal: ['&#x22;', '&#x27;'] } as const)) {
    texts.set(`HTML-escaped, ${name}`, html(value, quotes));
  }
  for (const [name, text] of base64Texts(value)) texts.set(name, text);
  return new Map([...texts].map(([name, text]) => [name, Buffer.from(text, 'utf8')]));
}

function asciiJson(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function html(value: string, [double, single]: readonly [string, string]): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', double).replaceAll("'", single);
}

/** Within a longer base64 text a value looks different at each of three offsets; sought are the characters that it alone decides. */
function base64Texts(value: string): [string, string][] {
  const bytes = Buffer.from(value, 'utf8');
  return [0, 1, 2].flatMap((offset): [string, string][] => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const own = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [
      [`base64 at offset ${offset}`, own],
      [`base64url at offset ${offset}`, own.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
}
