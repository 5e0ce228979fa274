import { RekeyError } from '../core/errors.ts';
import type { Tally } from '../core/outcome.ts';
import type { Runtime } from '../core/ports.ts';
import type { ItemResult } from './apply.ts';

export interface RunSummary {
  readonly run: string;
  readonly verb: 'apply' | 'rollback';
  readonly server: string;
  readonly startedAt: string;
  /** `open`: still running or broken off; it can be resumed. `damaged`: its files cannot be read. */
  readonly state: 'finished' | 'open' | 'damaged';
  readonly exit?: number;
  readonly tally?: Tally;
  readonly problem?: string;
}

export interface RunDetails extends RunSummary {
  readonly digest: string;
  readonly items: readonly ItemResult[];
}

/** Past runs and their state, from the journals, oldest first. */
export async function runs(_runtime: Runtime): Promise<RunSummary[]> {
  throw new RekeyError('INTERNAL', 'being written');
}

/** One run with every item. */
export async function show(_run: string, _runtime: Runtime): Promise<RunDetails> {
  throw new RekeyError('INTERNAL', 'being written');
}
