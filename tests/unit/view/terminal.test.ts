import { describe, expect, it } from '@jest/globals';
import { canMove, screenOf } from '../../../src/view/terminal.ts';

const TERMINAL = { isTTY: true, columns: 132 };

describe('what a stream can show', () => {
  it.each([
    ['a terminal', TERMINAL, {}, false, true],
    ['a pipe', {}, {}, false, false],
    ['a terminal with NO_COLOR', TERMINAL, { NO_COLOR: '1' }, false, false],
    ['a terminal with an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, false, true],
    ['a terminal with --no-color', TERMINAL, {}, true, false],
    ['a dumb terminal', TERMINAL, { TERM: 'dumb' }, false, false],
  ])('%s: colours as it should', (_what, stream, env, noColor, colors) => {
    expect(screenOf(stream, env, noColor).colors).toBe(colors);
  });

  it('is as wide as the terminal, and endless in a pipe', () => {
    expect(screenOf(TERMINAL, {}, false).width).toBe(132);
    expect(screenOf({}, {}, false).width).toBe(Number.POSITIVE_INFINITY);
  });

  it('moves only on a terminal that can, and not in CI', () => {
    expect(canMove(TERMINAL, {})).toBe(true);
    expect(canMove(TERMINAL, { TERM: 'dumb' })).toBe(false);
    expect(canMove(TERMINAL, { CI: 'true' })).toBe(false);
    expect(canMove({}, {})).toBe(false);
  });

  it('takes a terminal that says 0 columns for one of the usual width that cannot move', () => {
    expect(screenOf({ isTTY: true, columns: 0 }, {}, false).width).toBe(80);
    expect(canMove({ isTTY: true, columns: 0 }, {})).toBe(false);
  });
});
