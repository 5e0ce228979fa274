import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MUTATIONS, mutated } from '../../config/mutations/all.ts';
import { differences, FigureFile, type Row, readNoted, rowKey } from '../../config/reliability/figure-file.ts';
import { reliabilityPage } from '../../config/reliability/page.ts';
import { PROMISES, type PromiseName } from '../../config/reliability/promises.ts';
import { PROOFS } from '../../config/reliability/proofs.ts';
import { noteFigure } from '../support/figures.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const root = join(import.meta.dirname, '../..');
const suite = 'tests/golden/reliability.test.ts';
const NAMES = Object.keys(PROMISES) as PromiseName[];
const temporary = temporaryDirectories();
const outside = process.env.RELIABILITY_FIGURES;

afterEach(() => {
  if (outside === undefined) delete process.env.RELIABILITY_FIGURES;
  else process.env.RELIABILITY_FIGURES = outside;
});

describe('a figure that a suite notes', () => {
  it('is one line with the suite in it, in the folder that the environment names', () => {
    const folder = join(temporary(), 'made', 'on the way');
    process.env.RELIABILITY_FIGURES = folder;
    noteFigure({ promises: ['converges'], what: 'things done', count: 3 });
    noteFigure({ promises: ['converges', 'pace'], what: 'bytes searched', count: 4, varies: true, seed: 7 });
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(
      text
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { suite, promises: ['converges'], what: 'things done', count: 3 },
      { suite, promises: ['converges', 'pace'], what: 'bytes searched', count: 4, varies: true, seed: 7 },
    ]);
  });

  it('goes nowhere when no folder is named', () => {
    delete process.env.RELIABILITY_FIGURES;
    const before = readdirSync(root);
    noteFigure({ promises: ['converges'], what: 'things done', count: 3 });
    expect(readdirSync(root)).toEqual(before);
  });

  it('is added up with those of the same words, and keeps every seed', async () => {
    const folder = temporary();
    process.env.RELIABILITY_FIGURES = folder;
    for (const [count, seed] of [
      [3, 9],
      [4, 2],
      [5, 9],
    ] as const)
      noteFigure({ promises: ['pace'], what: 'stories', count, seed });
    noteFigure({ promises: ['pace'], what: 'answers', count: 1 });
    expect(await readNoted(folder)).toEqual([
      { suite, what: 'answers', promises: ['pace'], count: 1 },
      { suite, what: 'stories', promises: ['pace'], count: 12, seeds: [2, 9] },
    ]);
  });
});

describe('a run beside the committed figures', () => {
  const row = (what: string, count: number, more: Partial<Row> = {}): Row => ({ suite, what, promises: ['pace'], count, ...more });

  it('may count more, and half of what varies', () => {
    expect(differences([row('a', 3), row('b', 100, { varies: true })], [row('a', 4), row('b', 50, { varies: true })])).toEqual([]);
  });

  it.each<[string, Row[], Row[]]>([
    ['counts less', [row('a', 3)], [row('a', 2)]],
    ['counts far less of what varies', [row('a', 100, { varies: true })], [row('a', 49, { varies: true })]],
    ['leaves a row out', [row('a', 3)], []],
    ['has a row more', [], [row('a', 3)]],
    ['tells of another promise', [row('a', 3)], [row('a', 3, { promises: ['converges'] })]],
  ])('is told when it %s', (_what, committed, measured) => {
    expect(differences(committed, measured)).toEqual([expect.stringContaining(`${suite}: a`)]);
  });
});

describe('the page on reliability', () => {
  const file = FigureFile.parse(JSON.parse(readFileSync(join(root, 'config/reliability/figures.json'), 'utf8')));

  it('says "not run" of what a run did not measure, and never another word', () => {
    const column = {
      date: '2026-11-25',
      commit: 'abc1234',
      node: '20.20.2',
      rows: [{ suite, what: 'stories', promises: ['pace' as const], count: 1234, seeds: [7] }],
    };
    const page = reliabilityPage('', { soak: column });
    expect(page).toContain('| CI (`.ci/run`) | not run |');
    expect(page).toContain(`| stories | \`${suite}\` | not run | 1,234 (seed 7) |`);
  });

  it.each(NAMES)('names suites for %s that are there, and a protection that is taken out', (promise) => {
    expect(PROOFS[promise].map((proof) => proof.suite).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(MUTATIONS.filter((each) => each.promise === promise)).not.toEqual([]);
  });

  it('says how each suite with figures proves its promise (else: config/reliability/proofs.ts)', () => {
    const rows = [...(file.ci?.rows ?? []), ...(file.soak?.rows ?? [])];
    const untold = rows.filter((row) => !row.promises.some((promise) => PROOFS[promise].some((proof) => proof.suite === row.suite)));
    expect(untold.map(rowKey)).toEqual([]);
  });
});

describe('the protections that are taken out by turns', () => {
  it.each(MUTATIONS.map((each) => [each.without, each] as const))('stand in the code, exactly once: %s', (_without, mutation) => {
    const original = readFileSync(join(root, mutation.file), 'utf8');
    expect(mutated(mutation, original)).not.toBe(undefined);
    expect(mutated(mutation, original)).not.toBe(original);
    expect(mutation.tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
