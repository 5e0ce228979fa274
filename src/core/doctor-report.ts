import type { AccessRow } from './access.ts';
import type { Check } from './check.ts';
import type { MatrixRow, TokenCalls } from './token-matrix.ts';

/** What `doctor` found. */
export interface DoctorReport {
  readonly checks: readonly Check[];
  /** What each token can do in each workspace, where Bitbucket was asked. */
  readonly matrix?: readonly MatrixRow[];
  /** How many requests of this hour were made with each token. */
  readonly calls?: readonly TokenCalls[];
  /** The workspaces that repositories on the server name, as far as they could be read; most used first. */
  readonly workspaces: readonly { readonly workspace: string; readonly repositories: number }[];
  /** What the user has, in words: "PAT + login". */
  readonly have: string;
  /** What works with it; empty where `untold` says why that is not known. */
  readonly access: readonly AccessRow[];
  readonly untold?: string;
  /** What one more thing would open. */
  readonly more: readonly string[];
  readonly next: string;
  /** 0, or the exit code of the worst failed check. */
  readonly exit: number;
}
