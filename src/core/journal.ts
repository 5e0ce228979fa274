import { z } from 'zod';
import { Outcome } from './outcome.ts';
import { HostCalls, ServerFiles } from './report/evidence.ts';

export const TokenUse = z.strictObject({
  /** Its name under `tokens` at that time. */
  name: z.string(),
  email: z.string(),
  /** The day it runs out, as it was stated then. */
  expires: z.string(),
  /** The id that Bitbucket gives it (`x-token-id`), where it was told; no secret. */
  id: z.string().optional(),
  /** What Bitbucket was asked with it in the hour before: a resumed run counts on from there. */
  calls: z.strictObject({ rest: z.number().int().nonnegative(), git: z.number().int().nonnegative() }).optional(),
});
/** A token that a run may write; never its secret. */
export type TokenUse = z.infer<typeof TokenUse>;

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
    tokens: z.array(TokenUse).optional(),
    /** Of a rollback: the run that it goes back on. */
    undoes: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('resumed'), at: z.iso.datetime(), tool: z.string(), tokens: z.array(TokenUse).optional() }),
  z.strictObject({ kind: z.literal('intent'), at: z.iso.datetime(), key: z.string() }),
  z.strictObject({ kind: z.literal('outcome'), at: z.iso.datetime(), key: z.string(), outcome: Outcome }),
  z.strictObject({
    kind: z.literal('finished'),
    at: z.iso.datetime(),
    exit: z.number().int(),
    /** Which hosts this part of the run spoke to. */
    hosts: z.array(HostCalls).optional(),
    /** What its exports made the server write. */
    serverFiles: ServerFiles.optional(),
  }),
]);
/** One line of a journal. */
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
  /** Of a rollback: the run that it goes back on. */
  readonly undoes?: string;
  /** Exit code of the last ending; undefined while running or after a crash. */
  readonly exit?: number;
  readonly items: ReadonlyMap<string, ItemState>;
  /** Keys for which a write was intended at any time, in order: what a rollback looks at. */
  readonly intended: readonly string[];
}
