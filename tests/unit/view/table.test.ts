import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { createPaint } from '../../../src/view/paint.ts';
import { table } from '../../../src/view/table.ts';
import { PIPE } from '../../support/view-samples.ts';

const { bold } = createPaint({ colors: true });

describe('table', () => {
  it('aligns columns by what a terminal shows, without borders', () => {
    expect(
      table(
        [
          ['東京', 'a'],
          ['x', 'b'],
        ],
        PIPE,
      ),
    ).toBe('  東京  a\n  x     b');
  });

  it('wraps to the width of the screen and loses no text', () => {
    const rows = [['name', 'a sentence that is far too long for the line that it has to stand on']];
    const lines = table(rows, { width: 40, colors: false }).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
    expect(lines.join(' ').replace(/\s+/g, ' ').trim()).toBe(rows[0]?.join(' '));
  });

  it('cuts nothing off a word that is longer than its column', () => {
    const path = 'initech/warehouse-frontend-with-a-very-long-name';
    const text = table([[path, path, 'x']], { width: 50, colors: false });
    expect(text).not.toContain('…');
    expect(text.replace(/[\sx]/g, '').length).toBe(path.length * 2);
  });

  it('breaks between words wherever that is enough', () => {
    const text = table([['a workspace with seven words in it', 'and one-word-that-is-long beside it']], { width: 46, colors: false });
    expect(text).toMatch(/one-word-that-is-long\b/);
    expect(text).toMatch(/workspace\b/);
  });

  it('paints each line of a wrapped cell, and cuts no code', () => {
    const rows = [[bold('several words as a heading'), bold('repositories')]];
    const text = table(rows, { width: 24, colors: true })
      .replaceAll(bold('|').split('|')[0] ?? '', '<')
      .replaceAll(bold('|').split('|')[1] ?? '', '>');
    expect(text.split('\n').length).toBeGreaterThan(2);
    for (const line of text.split('\n')) expect(line).toMatch(/^( *<[\w ]*>)+$/);
  });

  it('never cuts a run id, however narrow the screen', () => {
    const run = '2026-11-24T21-03-11-123Z-1f3a9c';
    for (const width of [60, 40, 20]) expect(table([[run, 'apply', 'https://bamboo.example.com/bamboo']], { width, colors: false })).toContain(run);
  });

  it('keeps long tables aligned from the first row to the last', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [index === 999 ? 'the widest name' : 'n', 'here']);
    expect(
      new Set(
        table(rows, PIPE)
          .split('\n')
          .map((line) => line.indexOf('here')),
      ).size,
    ).toBe(1);
  });
});
