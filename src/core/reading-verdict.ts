import type { Config } from './config.ts';
import type { Change } from './plan-file.ts';
import type { Reading } from './reading.ts';

/** What a plan is made under. */
export interface PlanRules {
  readonly config: Config;
  /** Take what already counts as migrated, too. */
  readonly rotate: boolean;
  /** Repositories of Bitbucket Cloud get Git-type twins and stay as they are, as shared credentials do that serve them. */
  readonly asGit?: boolean;
  readonly now: Date;
  /** What becomes of each shared credential, by its id. */
  readonly shared?: ReadonlyMap<string, SharedFate>;
  /** How many things could not be read: users of a shared credential may be among them. */
  readonly unread?: number;
}

/** What a plan does with one object. */
export type ReadingVerdict =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'unchanged'; readonly why: string }
  | { readonly kind: 'cannot'; readonly why: string; readonly suggestion?: string };

/** Why an object does not change. */
export type Refusal = Exclude<ReadingVerdict, { kind: 'change' }>;

/** A shared credential, and what the plan does with it: the repositories that use it stand or fall with it. */
export interface SharedFate {
  readonly credential: Reading;
  readonly verdict: ReadingVerdict;
  readonly selected: boolean;
}

/** Nothing is to be done. */
export function unchanged(why: string): Refusal {
  return { kind: 'unchanged', why };
}

/** Something should be done, and this plan does not do it. */
export function cannot(why: string, suggestion?: string): Refusal {
  return { kind: 'cannot', why, ...(suggestion === undefined ? {} : { suggestion }) };
}
