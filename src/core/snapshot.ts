import { z } from 'zod';
import { Credential, CredentialUser, Kind, Place } from './model.ts';
import { RouteName } from './plan-file.ts';

/** One object's whole non-secret state, as read just before its write. */
export const SnapshotEntry = z.strictObject({
  format: z.literal(1),
  at: z.iso.datetime(),
  key: z.string(),
  place: Place,
  kind: Kind,
  workspace: z.string().optional(),
  slug: z.string().optional(),
  credential: Credential,
  /** Shared credential: the repositories that use it, as the plan names them. */
  users: z.array(CredentialUser).optional(),
  settings: z.array(z.tuple([z.string(), z.string()])),
  /** The way it was read. */
  route: RouteName.optional(),
  /** The server's own document; the secrets in it are encrypted by that server. */
  document: z.string().optional(),
});
/** One line of a snapshot. */
export type SnapshotEntry = z.infer<typeof SnapshotEntry>;
