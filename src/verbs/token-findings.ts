import type { Check } from '../core/check.ts';
import { refusalText, type TokenRefusal } from '../core/token-cause.ts';
import type { MatrixRow, RepositoryStanding, TokenCalls } from '../core/token-matrix.ts';
import type { WorkspaceResult } from './check-workspace.ts';
import type { Target } from './token-targets.ts';

/** What is known of the tokens before the first write. */
export interface TokenReport {
  readonly checks: readonly Check[];
  /** Token name -> why it must not be written anywhere. */
  readonly refused: ReadonlyMap<string, TokenRefusal>;
  /** Token name -> why nothing proves that it works; Bamboo's own connection test decides. */
  readonly undecided: ReadonlyMap<string, TokenRefusal>;
  /** Change key -> why its token can't reach this one repository. */
  readonly unreachable: ReadonlyMap<string, string>;
  readonly matrix: readonly MatrixRow[];
  readonly calls: readonly TokenCalls[];
  /** Token name -> the id that Bitbucket gives it, where it tells. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Collects what is found while tokens are asked about. */
export class TokenFindings implements Omit<TokenReport, 'calls'> {
  readonly checks: Check[] = [];
  readonly refused = new Map<string, TokenRefusal>();
  readonly undecided = new Map<string, TokenRefusal>();
  readonly unreachable = new Map<string, string>();
  readonly matrix: MatrixRow[] = [];
  readonly ids = new Map<string, string>();

  /** Takes in what one token's visit to one workspace showed. */
  workspace(name: string, { row, refused, undecided, gitDoubt, standings }: WorkspaceResult): void {
    const check = `workspace:${row.workspace}`;
    this.matrix.push(row);
    if (refused !== undefined) return this.refuse(name, refused, check);
    if (undecided !== undefined) this.doubt(name, undecided, check);
    else this.#reached(name, row, gitDoubt);
    if (row.public > 0) this.note(check, 'warning', `token "${name}": ${row.public} public: anybody can read them, so they prove nothing of it`);
    for (const [target, standing] of standings) this.#leaveOut(name, target, standing);
  }

  #reached(name: string, { workspace, reachable, repositories, unreachable, probed }: MatrixRow, gitDoubt: TokenRefusal | undefined): void {
    const text = `token "${name}" reaches ${reachable} of ${repositories} repositories; git was asked about ${probed}`;
    this.note(`workspace:${workspace}`, unreachable > 0 ? 'warning' : 'ok', text);
    if (gitDoubt !== undefined)
      this.note(`workspace:${workspace}`, 'warning', `token "${name}": git did not tell about all of them: ${gitDoubt.why}`, gitDoubt.remedy);
  }

  /** What can't be reached, or was not asked about for want of quota, is left out alone. */
  #leaveOut(name: string, { workspace, slug, keys }: Target, standing: RepositoryStanding): void {
    if (standing.kind !== 'unreachable' && !(standing.kind === 'undecided' && standing.later)) return;
    const why = `token "${name}" ${standing.kind === 'unreachable' ? 'cannot reach' : 'was not tried on'} ${workspace}/${slug}: ${standing.why}`;
    for (const key of keys) this.unreachable.set(key, why);
  }

  /** The token must not be written. */
  refuse(name: string, why: TokenRefusal, check = `token:${name}`): void {
    this.note(check, 'failed', check.endsWith(`:${name}`) ? why.why : `token "${name}": ${why.why}`, why.remedy);
    const known = this.refused.get(name);
    this.refused.set(name, known === undefined ? why : { ...why, why: `${refusalText(known)} ${why.why}` });
  }

  /** Nothing proves that the token works. */
  doubt(name: string, why: TokenRefusal, check = `token:${name}`): void {
    this.note(check, 'unknown', check === `token:${name}` ? why.why : `token "${name}": ${why.why}`, why.remedy);
    if (!this.undecided.has(name)) this.undecided.set(name, why);
  }

  note(check: string, status: Check['status'], detail: string, remedy?: string): void {
    this.checks.push({ check, status, detail, ...(remedy === undefined ? {} : { remedy }) });
  }
}
