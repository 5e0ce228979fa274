/** Element that stands where an entry was taken out. */
export const TAKEN_OUT = 'bamboo-rekey-entry';

/** Characters that are themselves in XML text, as ranges: all but & < ] and what XML 1.0 forbids. */
const PLAIN = "[ -%'-;=-\\\\^-\\ud7ff\\ue000-\\ufffd]*";
const GAP = '[ \\t\\r\\n]*';
const ENTRY = new RegExp(`<entry>${GAP}<string>(${PLAIN})</string>${GAP}<string>(${PLAIN})</string>${GAP}</entry>`, 'g');

/** A document, and what was taken out of it. */
export interface Shortened {
  readonly xml: string;
  /** Key and value of each entry that was taken out, in the order of the document. */
  readonly entries: readonly (readonly [string, string])[];
}

/**
 * Takes the plain entries, which most of a definition is made of, out of it: the parser looks at every character twice, and 100,000 definitions would
 * take it too long. What is left is parsed as ever. A document with comments or CDATA, where markup is no markup, is left as it is.
 */
export function shorten(xml: string): Shortened {
  if (xml.includes('<!') || xml.includes(TAKEN_OUT)) return { xml, entries: [] };
  const entries: [string, string][] = [];
  const short = xml.replace(ENTRY, (_, key: string, value: string) => {
    entries.push([key, value]);
    return `<${TAKEN_OUT}/>`;
  });
  return { xml: short, entries };
}
