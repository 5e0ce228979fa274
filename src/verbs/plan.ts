import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { Unread } from '../core/inventory.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';

export interface PlanOptions {
  readonly selection: Selection;
  /** Take what is already on email + token, too. */
  readonly rotate: boolean;
}

export interface PlanResult {
  readonly plan: PlanFile;
  readonly unread: readonly Unread[];
  /** Lines to add to `assign` for objects that no rule matches, e.g. `- { workspace: acme, token: TOKEN }`. */
  readonly suggestions: readonly string[];
  /** Set when the server's version does not take API tokens: what apply will refuse. */
  readonly versionProblem?: string;
}

/** The dry run: what would change, what is left alone and why. */
export async function plan(_options: PlanOptions, _runtime: Runtime): Promise<PlanResult> {
  throw new RekeyError('INTERNAL', 'being written');
}
