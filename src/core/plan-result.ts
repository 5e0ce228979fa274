import type { Unread } from './inventory.ts';
import type { PlanFile } from './plan-file.ts';
import type { ExportedFiles } from './ports.ts';

/** A plan, and what a person should know beside it. */
export interface PlanResult {
  readonly plan: PlanFile;
  readonly unread: readonly Unread[];
  /** Lines to add to `assign` for objects that no rule matches, e.g. `- { workspace: acme, token: TOKEN }`. */
  readonly suggestions: readonly string[];
  /** Set when the server's version does not take API tokens: what apply will refuse. */
  readonly versionProblem?: string;
  /** Files that planning made the server write into its home; absent where there are none. */
  readonly exported?: ExportedFiles;
}
