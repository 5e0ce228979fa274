import type { InventoryItem, Unread } from './inventory.ts';
import type { Kind } from './model.ts';
import type { NotChanged } from './plan-file.ts';

/** The database products that Bamboo runs on, as `--print-sql` names them. */
export const DATABASE_PRODUCTS = ['postgresql', 'mysql', 'sqlserver', 'oracle'] as const;
/** One of them. */
export type DatabaseProduct = (typeof DATABASE_PRODUCTS)[number];

/** Who uses a shared credential; `elsewhere` is a repository that is not on Bitbucket Cloud. */
export interface CredentialUse {
  readonly credential: string;
  readonly name: string;
  readonly kind: Exclude<Kind, 'credentials'> | 'elsewhere';
}

/** What a source knows, from much to little: the tables themselves, this tool's own inventory, or a query of Atlassian's article. */
export type SourceDepth = 'tables' | 'inventory' | 'published-query';

/** What one source besides the server's own pages holds: its database, or a file from whoever may read it. */
export interface SourceReading {
  /** The word that stands under `sources` of each item. */
  readonly source: 'database' | 'file';
  readonly depth: SourceDepth;
  readonly items: readonly InventoryItem[];
  readonly unread: readonly Unread[];
  /** Marked for deletion, or without a living owner: listed apart and never planned. */
  readonly apart: readonly NotChanged[];
  /** Keys of plans bound to Repository Stored Specs; null where the source does not tell. */
  readonly specsBoundPlans: readonly string[] | null;
  readonly credentialUsers: readonly CredentialUse[];
  /** Names of settings that this version does not know; never their values. */
  readonly unknownKeys: readonly string[];
  readonly warnings: readonly string[];
}
