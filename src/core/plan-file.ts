import { z } from 'zod';
import { CredentialKind, CredentialUser, Place, Usage } from './model.ts';

export const RouteName = z.enum(['form', 'import', 'shared-credential']);
/** The way a write goes. */
export type RouteName = z.infer<typeof RouteName>;

export const RollbackGrade = z.enum(['exact', 'needs-secret', 'configuration-only']);
/** What going back would restore; see `contract.md`, "Rollback grades". */
export type RollbackGrade = z.infer<typeof RollbackGrade>;

export const Side = z.strictObject({
  username: z.string(),
  credential: CredentialKind,
  /** Name under `tokens` of the secret that belongs to the user name. */
  token: z.string().optional(),
  /** User name under `previous` whose secret belongs to it (rollback). */
  previous: z.string().optional(),
  /** Whose snapshot keeps the server's own document that the old pair stood in (rollback by import). */
  kept: z.union([z.strictObject({ run: z.string() }), z.strictObject({ file: z.string() })]).optional(),
});
/** One end of a change: a user name and where its secret comes from, never the secret. */
export type Side = z.infer<typeof Side>;

export const Change = z.strictObject({
  ...Place.shape,
  kind: z.enum(['bitbucket-cloud', 'git', 'credentials']),
  workspace: z.string(),
  slug: z.string(),
  route: RouteName,
  /** null: there is nothing yet (a twin). */
  before: Side.nullable(),
  after: Side,
  fingerprint: z.string(),
  /** Setting name -> short digest of its value: tells which setting drifted. */
  settings: z.record(z.string(), z.string()),
  usedBy: Usage.nullable(),
  /** Shared credential: the repositories that go on working through it, in order; `workspace` and `slug` are those of the first. */
  users: z.array(CredentialUser).optional(),
  rollback: RollbackGrade,
  warnings: z.array(z.string()),
});
/** Expected state -> wanted state of one object. */
export type Change = z.infer<typeof Change>;

export const NotChanged = z.strictObject({
  ...Place.shape,
  why: z.string(),
});
/** An object that the plan leaves alone, and why. */
export type NotChanged = z.infer<typeof NotChanged>;

export const PlanFile = z.strictObject({
  format: z.literal(1),
  /** What the changes do: move to the wanted credential, or put an earlier one back. */
  purpose: z.enum(['apply', 'rollback']),
  createdAt: z.iso.datetime(),
  tool: z.string(),
  server: z.strictObject({ url: z.string(), version: z.string() }),
  digest: z.string(),
  summary: z.strictObject({ change: z.number().int(), unchanged: z.number().int(), cannot: z.number().int() }),
  changes: z.array(Change),
  unchanged: z.array(NotChanged),
  cannot: z.array(NotChanged),
  /** Linked repositories and shared credentials that the selected project merely uses. */
  alsoNeeded: z.array(NotChanged),
});
/** The dry run as data. Contains no secret; deterministic but for `createdAt`. */
export type PlanFile = z.infer<typeof PlanFile>;

/** The side of what is not there: a twin before it is made, and after it is removed. */
export const NOTHING: Side = { username: '', credential: 'none' };

/** What a change expects to find. */
export function beforeOf(change: Pick<Change, 'before'>): Side {
  return change.before ?? NOTHING;
}

/** The key of a change within a plan and a run. */
export function changeKey(change: { readonly object: string; readonly id: string }): string {
  return `${change.object}:${change.id}`;
}
