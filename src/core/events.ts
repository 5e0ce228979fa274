import { z } from 'zod';
import { ExpiryRow } from './expiry-report.ts';
import { FoundFailure } from './log-diagnosis/diagnosis.ts';
import { Place } from './model.ts';
import { OutcomeWord, Tally } from './outcome.ts';
import { Change, NotChanged } from './plan-file.ts';
import { RunSummary } from './run-summary.ts';
import { MatrixRow, TokenCalls } from './token-matrix.ts';

const count = z.number().int().nonnegative();

/** Everything a run tells anyone, as one coded line. `docs/events.md` is generated from this table. */
export const RunEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('TOOL'), tool: z.string(), version: z.string(), format: z.literal(1) }).describe('First line: which tool speaks.'),
  z
    .strictObject({
      event: z.literal('PHASE'),
      phase: z.enum(['reading', 'logs', 'preflight', 'canary', 'writing', 'verifying', 'restoring']),
      total: count.optional(),
    })
    .describe('A new phase begins; total is the number of steps where it is known.'),
  z.strictObject({ event: z.literal('PROGRESS'), phase: z.string(), done: count, total: count.optional() }).describe('Steps done in the phase.'),
  z
    .strictObject({
      event: z.literal('CHECK'),
      check: z.string(),
      status: z.enum(['ok', 'warning', 'failed', 'unknown']),
      detail: z.string(),
      remedy: z.string().optional(),
    })
    .describe('One preflight check and what it found.'),
  z
    .strictObject({ event: z.literal('KNOWN_FAILURE'), ...FoundFailure.omit({ means: true }).shape })
    .describe("A known failure of one repository and one user in Bamboo's log, with how often it was seen."),
  z
    .strictObject({ event: z.literal('MATRIX'), rows: z.array(MatrixRow), calls: z.array(TokenCalls) })
    .describe('What each token can do in each workspace, and how many requests of this hour were made with it.'),
  z
    .strictObject({ event: z.literal('RUN'), ...RunSummary.shape })
    .describe('One past run as its journal tells it, oldest first; tally is what became of its items.'),
  z.strictObject({ event: z.literal('EXPIRY'), ...ExpiryRow.shape }).describe('When one token runs out, and what stands on it.'),
  z.strictObject({ event: z.literal('UNREAD'), what: z.string(), why: z.string() }).describe('Something that may hold a credential could not be read.'),
  z
    .strictObject({ event: z.literal('RUN_STARTED'), run: z.string(), verb: z.string(), total: count, digest: z.string() })
    .describe('A run has its directory, and its journal is open.'),
  z
    .strictObject({
      event: z.literal('ITEM'),
      ...Place.shape,
      outcome: OutcomeWord,
      reason: z.string().optional(),
      ms: count,
    })
    .describe('One item ended. A resumed run tells those that it ends itself; "show" tells all of a run.'),
  z
    .strictObject({ event: z.literal('WOULD_RESTORE'), ...Place.shape, ...Change.pick({ before: true, after: true, rollback: true, warnings: true }).shape })
    .describe('What a rollback would put back in one object: from before to after, as the plan file has them (rollback --dry-run).'),
  z.strictObject({ event: z.literal('CANNOT_RESTORE'), ...NotChanged.shape }).describe('What a rollback could not put back, and why (rollback --dry-run).'),
  z
    .strictObject({
      event: z.literal('TEST'),
      id: z.string(),
      name: z.string(),
      secret: z.enum(['new', 'stored']),
      result: z.enum(['reachable', 'failed', 'unavailable', 'forbidden', 'not-offered']),
      detail: z.string().optional(),
    })
    .describe("Bamboo's own connection test of one repository."),
  z
    .strictObject({
      event: z.literal('BUILD'),
      plan: z.string(),
      result: z.string().optional(),
      state: z.enum(['queued', 'checked-out', 'failed', 'not-known']),
      detail: z.string(),
    })
    .describe('A build that was asked for by name: queued, and what it proved of the checkout on an agent.'),
  z.strictObject({ event: z.literal('CHECKPOINT'), batch: count, done: count, total: count, failed: count }).describe('A batch is complete.'),
  z
    .strictObject({ event: z.literal('EXPORTED'), files: count, folders: z.array(z.string()) })
    .describe('So many files were written into these folders of the server, because documents were exported for planning.'),
  z
    .strictObject({
      event: z.literal('PACE'),
      host: z.string(),
      change: z.enum(['slower', 'faster', 'waiting']),
      limit: count,
      most: count,
      ms: count.optional(),
    })
    .describe(
      'So many requests go to this server at once (limit), of the most that were wanted at once (most): fewer while it is slow, more again when it is not. waiting: the server asks for a pause of so many ms.',
    ),
  z.strictObject({ event: z.literal('WARNING'), detail: z.string() }).describe('Something to know that stops nothing.'),
  z.strictObject({ event: z.literal('INTERRUPTED'), detail: z.string() }).describe('Ctrl-C: nothing more is started, what is in flight ends.'),
  z.strictObject({ event: z.literal('ERROR'), code: z.string(), detail: z.string(), remedy: z.string() }).describe('The command ends with this failure.'),
  z
    .strictObject({
      event: z.literal('RUN_FINISHED'),
      run: z.string().nullable(),
      ...Tally.shape,
      exit: count,
    })
    .describe('Last line, of every command; the counts add up to total. run is the one that was made or shown, and null where there is none.'),
]);
/** One event, as `docs/events.md` lists them. */
export type RunEvent = z.infer<typeof RunEvent>;
