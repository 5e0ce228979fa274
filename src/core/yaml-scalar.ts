/** YAML 1.1, as SnakeYAML reads it, takes these characters as they are; among the others are line ends of its own. */
const PRINTABLE = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u;

/** Writes a text as a quoted scalar: any text fits, and no reader takes it for anything but text. */
export function quotedScalar(text: string): string {
  const characters = [...text];
  return characters.every((character) => PRINTABLE.test(character)) ? `'${text.replaceAll("'", "''")}'` : `"${characters.map(escaped).join('')}"`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (PRINTABLE.test(character)) return character;
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}
