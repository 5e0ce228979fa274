import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { table } from '../../../src/view/table.ts';
import { PIPE } from '../../support/view-samples.ts';

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
