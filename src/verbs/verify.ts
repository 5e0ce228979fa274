import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { Runtime } from '../core/ports.ts';
import type { RunResult, TestScope } from './apply.ts';

export interface VerifyOptions {
  /** Path of a plan file, or a run id. */
  readonly target: string;
  readonly test: TestScope;
  readonly selection: Selection;
}

/** Reads back what a plan or run wanted, and runs connection tests. Outcome words: unchanged = as wanted. */
export async function verify(_options: VerifyOptions, _runtime: Runtime): Promise<RunResult> {
  throw new RekeyError('INTERNAL', 'being written');
}
