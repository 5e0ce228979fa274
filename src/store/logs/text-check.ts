/** As far as git looks, too, before it calls a file binary. */
const LOOKED_AT = 8000;
/** Tab, line feed, form feed, carriage return, escape (colours): what a text may hold of the control characters. */
const TEXT_CONTROLS = new Set([0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);
const MOST_CONTROLS = 0.05;

/** Why these first bytes are no log that can be read; undefined when they are text, in UTF-8 or with one byte per character. */
export function whyNotText(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, LOOKED_AT);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'it is UTF-16 text; save it as UTF-8';
  if (head.includes(0)) return 'it is a binary file, not a log';
  const controls = head.reduce((sum, byte) => sum + (byte < 0x20 && !TEXT_CONTROLS.has(byte) ? 1 : 0), 0);
  return controls > head.length * MOST_CONTROLS ? 'it is a binary file, not a log' : undefined;
}
