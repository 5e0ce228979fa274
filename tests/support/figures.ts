import { appendFileSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from '@jest/globals';
import type { PromiseName } from '../../config/reliability/promises.ts';

/** One thing that a suite did, counted. */
export interface Figure {
  /** What it helps to prove, the chief one first: the names stand in `config/reliability/promises.ts`. */
  readonly promises: readonly [PromiseName, ...PromiseName[]];
  /** The thing counted, in the plural and in a few words: 'points killed in an apply by form'. It is a row of the page, so it stays the same in every run. */
  readonly what: string;
  /** Figures with the same suite and the same words are added up, so one test may note its part. */
  readonly count: number;
  /** That the count is not the same in every run (bytes searched): the page says "about", and CI asks for half of it only. */
  readonly varies?: true;
  /** Seed of what was made at random, to make it again. */
  readonly seed?: number;
}

/**
 * Notes a figure for `docs/reliability.md`; to be called within a test or a hook, after what is counted has passed:
 *
 *     noteFigure({ promises: ['old-or-new', 'converges'], what: 'points killed in an apply', count: points.length });
 *
 * The suite is the file of the running test. Goes to the folder that RELIABILITY_FIGURES names, nowhere when that is not set: `.ci/run` and `npm run soak`
 * set it, and `npm run reliability` makes the page. Each process has a file of its own, so workers do not meet.
 */
export function noteFigure(figure: Figure): void {
  const folder = process.env.RELIABILITY_FIGURES;
  if (folder === undefined || folder === '') return;
  const suite = relative(join(import.meta.dirname, '../..'), expect.getState().testPath ?? '').replaceAll('\\', '/');
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.ndjson`), `${JSON.stringify({ suite, ...figure })}\n`);
}
