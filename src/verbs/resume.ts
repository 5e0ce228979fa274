import { RekeyError } from '../core/errors.ts';
import type { Runtime } from '../core/ports.ts';
import type { Pace, RunResult } from './apply.ts';

export interface ResumeOptions extends Pace {
  readonly run: string;
}

/** Goes on after a crash or an interrupt, settling unanswered writes by reading back. */
export async function resume(_options: ResumeOptions, _runtime: Runtime): Promise<RunResult> {
  throw new RekeyError('INTERNAL', 'being written');
}
