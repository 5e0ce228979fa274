import { z } from 'zod';
import { Outcome } from './outcome.ts';

/** What a journal line can say. Lines are only appended; each is durable before the act that follows it. */
export const JournalEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    at: z.iso.datetime(),
    run: z.string(),
    verb: z.enum(['apply', 'rollback']),
    tool: z.string(),
    server: z.string(),
    digest: z.string(),
    keys: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('resumed'), at: z.iso.datetime(), tool: z.string() }),
  z.strictObject({ kind: z.literal('intent'), at: z.iso.datetime(), key: z.string() }),
  z.strictObject({ kind: z.literal('outcome'), at: z.iso.datetime(), key: z.string(), outcome: Outcome }),
  z.strictObject({ kind: z.literal('finished'), at: z.iso.datetime(), exit: z.number().int() }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;

/** Where one item of a run stands, by its journal. `intended`: a write may have been sent and its outcome was never recorded. */
export type ItemState = { readonly kind: 'pending' } | { readonly kind: 'intended' } | { readonly kind: 'done'; readonly outcome: Outcome };

/** A run as its journal tells it. */
export interface RunState {
  readonly run: string;
  readonly verb: 'apply' | 'rollback';
  readonly server: string;
  readonly digest: string;
  readonly startedAt: string;
  /** Exit code of the last ending; undefined while running or after a crash. */
  readonly exit?: number;
  readonly items: ReadonlyMap<string, ItemState>;
  /** Keys for which a write was intended at any time, in order: what a rollback looks at. */
  readonly intended: readonly string[];
}
