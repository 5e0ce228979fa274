import { z } from 'zod';

export const Outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), why: z.string().optional() }),
  z.strictObject({ kind: z.literal('unchanged'), why: z.string() }),
  z.strictObject({ kind: z.literal('drifted'), why: z.string() }),
  z.strictObject({ kind: z.literal('skipped'), why: z.string() }),
  z.strictObject({ kind: z.literal('failed'), why: z.string() }),
  z.strictObject({ kind: z.literal('unknown'), why: z.string() }),
]);
/** How one item of a run ended. `unknown`: a write was sent and what it did has not been settled. */
export type Outcome = z.infer<typeof Outcome>;

export type OutcomeKind = Outcome['kind'];

export const OutcomeWord = z.enum(['changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown']) satisfies z.ZodType<OutcomeKind>;

const count = z.number().int().nonnegative();

export const Tally = z.strictObject({ total: count, changed: count, unchanged: count, drifted: count, skipped: count, failed: count, unknown: count });
/** Counts of a run; they add up to `total`. */
export type Tally = z.infer<typeof Tally>;
