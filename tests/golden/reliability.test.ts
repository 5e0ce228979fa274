import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { noteFigure } from '../support/figures.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const outside = process.env.RELIABILITY_FIGURES;

afterEach(() => {
  if (outside === undefined) delete process.env.RELIABILITY_FIGURES;
  else process.env.RELIABILITY_FIGURES = outside;
});

function linesIn(folder: string): unknown[] {
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return text
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('a figure that a suite notes', () => {
  it('is one line with the suite in it, in the folder that the environment names', () => {
    const folder = join(temporary(), 'made', 'on the way');
    process.env.RELIABILITY_FIGURES = folder;
    noteFigure({ promises: ['converges'], what: 'things done', count: 3 });
    noteFigure({ promises: ['converges', 'pace'], what: 'bytes searched', count: 4, varies: true, seed: 7 });
    const suite = 'tests/golden/reliability.test.ts';
    expect(linesIn(folder)).toEqual([
      { suite, promises: ['converges'], what: 'things done', count: 3 },
      { suite, promises: ['converges', 'pace'], what: 'bytes searched', count: 4, varies: true, seed: 7 },
    ]);
  });

  it('goes nowhere when no folder is named', () => {
    delete process.env.RELIABILITY_FIGURES;
    expect(() => noteFigure({ promises: ['converges'], what: 'things done', count: 3 })).not.toThrow();
    expect(existsSync('undefined')).toBe(false);
  });
});
