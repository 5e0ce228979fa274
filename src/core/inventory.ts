import { z } from 'zod';
import { Credential, Kind, Place, Usage } from './model.ts';
import { NotChanged } from './plan-file.ts';

export const Unread = z.strictObject({ what: z.string(), why: z.string() });
/** Something that may hold a credential and could not be read. */
export type Unread = z.infer<typeof Unread>;

export const InventoryItem = z.strictObject({
  ...Place.shape,
  kind: Kind,
  workspace: z.string().optional(),
  slug: z.string().optional(),
  credential: Credential,
  checkout: Credential.optional(),
  usedBy: Usage.nullable(),
  /** Whether the owning plan is bound to Repository Stored Specs; null when not known. */
  specsBound: z.boolean().nullable(),
  sources: z.array(z.string()),
  notes: z.array(z.string()),
});
/** One repository or shared credential that can hold a Bitbucket Cloud credential. */
export type InventoryItem = z.infer<typeof InventoryItem>;

export const Inventory = z.strictObject({
  format: z.literal(1),
  server: z.strictObject({ url: z.string(), version: z.string(), state: z.string() }),
  readAt: z.iso.datetime(),
  items: z.array(InventoryItem),
  unread: z.array(Unread),
  /** Marked for deletion, or without a living owner: known from the database alone, and never planned. */
  apart: z.array(NotChanged).optional(),
  /** Names of settings that this version does not know; never their values. */
  unknownSettings: z.array(z.string()).optional(),
  /** What another source would add. */
  more: z.array(z.string()).optional(),
});
/** What the server holds, when it was read, and what could not be read. */
export type Inventory = z.infer<typeof Inventory>;
