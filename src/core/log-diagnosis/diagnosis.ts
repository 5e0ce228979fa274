import { z } from 'zod';
import { Place } from '../model.ts';
import { type FailureCode, KNOWN_FAILURES } from './known-failures.ts';

const FailureWord = z.enum(Object.keys(KNOWN_FAILURES) as [FailureCode, ...FailureCode[]]);

/** How much of a log could be read: all, there was nothing, up to a fault, or nothing of it. */
const LogState = z.enum(['read', 'empty', 'broken-off', 'unreadable']);

export const ReadLog = z.strictObject({
  name: z.string(),
  /** Bytes of text, after unpacking. */
  bytes: z.number().int().nonnegative(),
  state: LogState,
  problem: z.string().optional(),
});
/** One log that was to be read. */
export type ReadLog = z.infer<typeof ReadLog>;

export const FoundFailure = z.strictObject({
  failure: FailureWord,
  workspace: z.string().optional(),
  slug: z.string().optional(),
  user: z.string().optional(),
  /** The user name does not stand in the record itself, but in the failure just before it. */
  userInferred: z.literal(true).optional(),
  bambooUsers: z.array(z.string()),
  changes: z.array(z.string()),
  count: z.number().int().positive(),
  /** First and last time, on the server's own clock; absent where the log has no times. */
  first: z.string().optional(),
  last: z.string().optional(),
  means: z.string(),
  remedy: z.string(),
  /** The objects that hold the repository or the user name; present when an inventory was given. */
  holders: z.array(Place).optional(),
});
/** A known failure of one repository and one user, over all logs. */
export type FoundFailure = z.infer<typeof FoundFailure>;

export const Diagnosis = z.strictObject({
  format: z.literal(1),
  logs: z.array(ReadLog),
  failures: z.array(FoundFailure),
  /** So many sightings were counted by their failure alone, because there were too many different repositories and users to tell each. */
  untold: z.number().int().nonnegative(),
});
/** What the logs show, the most frequent first. */
export type Diagnosis = z.infer<typeof Diagnosis>;
