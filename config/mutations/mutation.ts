import type { PromiseName } from '../reliability/promises.ts';

/** One protection taken out of the code, and the tests that have to fail without it. */
export interface Mutation {
  readonly promise: PromiseName;
  /** The protection, in words that follow "without". */
  readonly without: string;
  /** Path of the file below the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly instead: string;
  /** Each of these test files has to hold at least one test that fails. */
  readonly tests: readonly string[];
  /** Only tests whose full name matches are run, where a file holds long ones, too. */
  readonly named?: string;
}
