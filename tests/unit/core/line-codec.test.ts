import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CHAIN_START, readLines, sealLine } from '../../../src/core/line-codec.ts';

const Entry = z.strictObject({ text: z.string() });

function fileOf(...texts: readonly string[]): string {
  let sum = CHAIN_START;
  return texts
    .map((text) => {
      const line = sealLine({ text }, sum);
      sum = line.sum;
      return `${line.text}\n`;
    })
    .join('');
}

describe('checked lines', () => {
  it('give back what was sealed, in pure ASCII, as plain JSON with one more key', () => {
    const texts = ['one', 'ünïcødé 🎋 \ud800 \u2028\n', ',"sum":"0"}', ''];
    const file = fileOf(...texts);

    expect(readLines(file, 'f', Entry)).toMatchObject({ entries: texts.map((text) => ({ text })), length: file.length });
    expect(file).toMatch(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(file.split('\n')[1] ?? '')).toEqual({ text: texts[1], sum: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('are none in an empty file', () => {
    expect(readLines('', 'f', Entry)).toEqual({ entries: [], sum: CHAIN_START, length: 0 });
  });

  it('leave out what follows the last line break, even when it would be a good line', () => {
    const file = fileOf('one', 'two');
    expect(readLines(file.slice(0, -1), 'f', Entry)).toMatchObject({ entries: [{ text: 'one' }], length: fileOf('one').length });
  });

  it.each([
    ['swapped lines', (lines: string[]) => [lines[1], lines[0], lines[2]], 1],
    ['a line twice', (lines: string[]) => [lines[0], lines[0], lines[1], lines[2]], 2],
    ['a missing first line', (lines: string[]) => lines.slice(1), 1],
    ['a line of another file', (lines: string[]) => [lines[0], fileOf('x', 'y').split('\n')[1], lines[2]], 2],
    ['an empty line', (lines: string[]) => [lines[0], '', lines[1], lines[2]], 2],
    ['a bad last line', (lines: string[]) => [lines[0], lines[1], lines[2]?.replace('three', 'THREE')], 3],
  ])('are not believed after %s, and the line is named', (_what, change, line) => {
    const file = `${change(fileOf('one', 'two', 'three').trimEnd().split('\n')).join('\n')}\n`;
    expect(() => readLines(file, 'journal.jsonl', Entry)).toThrow(
      expect.objectContaining({ code: 'RUN_DAMAGED', message: expect.stringContaining(`journal.jsonl, line ${line},`) }),
    );
  });

  it('tell of a line that another version wrote', () => {
    expect(() => readLines(`${sealLine({ words: 1 }, CHAIN_START).text}\n`, 'f', Entry)).toThrow('f, line 1, cannot be trusted: another version wrote it');
  });
});
