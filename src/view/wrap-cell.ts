import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** A cell in lines of at most this width, each painted as the whole cell is: wrapping what is painted would cut the codes. */
export function wrapCell(cell: string, width: number): string {
  const text = stripVTControlCharacters(cell);
  const at = cell.indexOf(text);
  const [start, end] = at < 0 ? ['', ''] : [cell.slice(0, at), cell.slice(at + text.length)];
  return wrapWords(text, width)
    .map((line) => `${start}${line}${end}`)
    .join('\n');
}

/** Breaks between words, and inside a word only where it is longer than the line. */
function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ')) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) line = longer;
    else {
      const pieces = cutWord(word, width);
      if (line !== undefined) lines.push(line);
      line = pieces.pop() ?? '';
      lines.push(...pieces);
    }
  }
  return [...lines, line ?? ''];
}

function cutWord(word: string, width: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const last = pieces.length - 1;
    if (stringWidth(`${pieces[last]}${character}`) <= width) pieces[last] += character;
    else pieces.push(character);
  }
  return pieces;
}
