import { z } from 'zod';
import { Tally } from './outcome.ts';
import type { ItemResult } from './run-result.ts';

export const RunSummary = z.strictObject({
  run: z.string(),
  verb: z.enum(['apply', 'rollback']),
  server: z.string(),
  startedAt: z.string(),
  /** `open`: still running or broken off; it can be resumed. `damaged`: its files cannot be read. */
  state: z.enum(['finished', 'open', 'damaged']),
  exit: z.number().int().optional(),
  tally: Tally.optional(),
  problem: z.string().optional(),
});
/** A past run in one line. */
export type RunSummary = Readonly<z.infer<typeof RunSummary>>;

/** A past run with every item. */
export interface RunDetails extends RunSummary {
  readonly digest: string;
  readonly items: readonly ItemResult[];
}
