import { z } from 'zod';

const count = z.number().int().nonnegative();

export const ExpiryRow = z.strictObject({
  server: z.string(),
  token: z.string(),
  email: z.string(),
  /** As stated in the configuration, or by the run that wrote it; empty where nobody stated it. */
  expires: z.string(),
  daysLeft: z.number().int().nullable(),
  state: z.enum(['ok', 'soon', 'expired', 'unknown']),
  /** Whether the configuration still has this token, with this day. */
  configured: z.boolean(),
  repositories: count,
  sharedCredentials: count,
  /** The most there can be: a plan that uses two repositories counts twice. */
  plans: count,
  /** Objects whose last write is not settled, so that they may stand on it. */
  unsettled: count,
  writtenBy: z.array(z.strictObject({ run: z.string(), at: z.string(), objects: count, tokenId: z.string().optional() })),
});
/** When one token runs out, and what stands on it on one server, by the journals. */
export type ExpiryRow = z.infer<typeof ExpiryRow>;

export const ExpiryReport = z.strictObject({
  format: z.literal(1),
  readAt: z.iso.datetime(),
  /** So many days ahead count as soon. */
  withinDays: count,
  tokens: z.array(ExpiryRow),
  unread: z.array(z.strictObject({ what: z.string(), why: z.string() })),
});
/** The document of `expiry --format json`. */
export type ExpiryReport = z.infer<typeof ExpiryReport>;
