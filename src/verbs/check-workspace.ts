import type { Bitbucket, Pair, TokenAnswer } from '../core/ports.ts';
import { endsAsking, refusal, refusalText, type TokenRefusal } from '../core/token-cause.ts';
import { judgeWorkspace, type RepositoryStanding, untold, type WorkspaceJudgement } from '../core/token-matrix.ts';
import { inParallel } from './in-parallel.ts';
import { fullName, type Target } from './token-targets.ts';

/** One token's visit to one workspace. */
export interface WorkspaceVisit {
  readonly bitbucket: Bitbucket;
  readonly token: string;
  readonly pair: Pair;
  readonly workspace: string;
  readonly targets: readonly Target[];
  /** Whether the workspace is among those that Bitbucket lists for the token. */
  readonly membership: 'listed' | 'absent' | 'unknown';
  /** REST has ended for this token, and why. */
  readonly restEnded?: TokenRefusal | undefined;
  /** So many git probes instead of all. */
  readonly sample?: number | undefined;
  readonly concurrency: number;
  readonly stop: AbortSignal;
  /** How many more requests the quota allows. */
  readonly left: () => { readonly rest: number; readonly git: number };
  readonly onProbe: () => void;
}

/** What a visit showed. */
export interface WorkspaceResult extends WorkspaceJudgement {
  readonly standings: readonly (readonly [Target, RepositoryStanding])[];
  /** What ended the REST calls of this token. */
  readonly restEnded?: TokenRefusal;
  /** Why git told less than was asked. */
  readonly gitDoubt?: TokenRefusal;
}

const QUOTA = refusal(
  'quota',
  "Not asked: what is left of Bitbucket's quota for this hour is kept for Bamboo.",
  'Go on in an hour (what is skipped: with "bamboo-rekey resume"), or lower bitbucket.reserve.',
);

/** Asks what the token may do in a workspace: one sweep over its rights, single calls only for what the sweep lacks, then git. */
export async function checkWorkspace(visit: WorkspaceVisit): Promise<WorkspaceResult> {
  const check = new WorkspaceCheck(visit);
  await check.sweep();
  await check.singleCalls();
  await check.probes();
  return check.result();
}

class WorkspaceCheck {
  readonly #visit: WorkspaceVisit;
  readonly #wanted: ReadonlySet<string>;
  readonly #standings = new Map<string, RepositoryStanding>();
  #refused: TokenRefusal | undefined;
  #restEnded: TokenRefusal | undefined;
  #gitDoubt: TokenRefusal | undefined;
  #seen: boolean;
  #probed = 0;
  #proved = 0;

  constructor(visit: WorkspaceVisit) {
    this.#visit = visit;
    this.#wanted = new Set(visit.targets.map(fullName));
    this.#restEnded = visit.restEnded;
    this.#seen = visit.membership === 'listed';
  }

  /** Pages are read until every wanted repository was seen. */
  async sweep(): Promise<void> {
    const { bitbucket, pair, workspace, stop, left } = this.#visit;
    if (this.#restEnded !== undefined || !this.#mayCall('rest')) return;
    const goOn = (page: readonly string[]): boolean => {
      for (const name of page.map((each) => each.toLowerCase())) if (this.#wanted.has(name)) this.#standings.set(name, { kind: 'reachable' });
      return this.#standings.size < this.#wanted.size && left().rest > 0;
    };
    const answer = await bitbucket.grants(pair, workspace, goOn, stop);
    if (answer.kind !== 'listed') return this.#notSwept(answer);
    this.#seen = true;
    this.#endRest(answer.broken);
  }

  /** A whole list of workspaces that lacks this one is believed; a sweep that fails alone is not: single calls and git may do. */
  #notSwept(answer: TokenRefusal): void {
    const { membership, workspace } = this.#visit;
    if (['refused', 'unscoped', 'app-password'].includes(answer.cause)) this.#refused = answer;
    else if (membership === 'absent')
      this.#refused = refusal('workspace-hidden', `The token does not reach the workspace ${workspace}: Bitbucket does not list it for the token.`);
    // One call that is gone says nothing of the others.
    else if (answer.cause !== 'gone') this.#endRest(answer);
  }

  /** What the sweep lacks: renamed, moved, public, hidden and missing repositories. */
  async singleCalls(): Promise<void> {
    const { bitbucket, pair, targets, concurrency, stop } = this.#visit;
    const open = targets.filter((target) => this.#standingOf(target) === undefined);
    await inParallel(open, concurrency, stop, async (target) => {
      if (this.#refused !== undefined || this.#restEnded !== undefined || !this.#mayCall('rest')) return;
      this.#takeCall(target, await bitbucket.repository(pair, target.workspace, target.slug, stop));
    });
  }

  #takeCall(target: Target, answer: TokenAnswer): void {
    if (answer.kind === 'good') return this.#set(target, { kind: 'reachable' });
    if (answer.cause === 'public') return this.#set(target, { kind: 'public' });
    if (answer.kind === 'undecided') {
      this.#endRest(answer);
      return this.#set(target, untold(answer));
    }
    if (endsAsking(answer)) this.#refused ??= answer;
    else this.#set(target, { kind: 'unreachable', why: refusalText(answer) });
  }

  /** Only git shows what a checkout will meet. */
  async probes(): Promise<void> {
    const { bitbucket, pair, targets, concurrency, stop, sample, onProbe } = this.#visit;
    // Where REST showed the token nothing at all, a proxy may have answered in its place: then git has the last word.
    const candidates = targets.filter((target) => !this.#seen || this.#standingOf(target)?.kind !== 'unreachable');
    await inParallel(candidates.slice(0, sample), concurrency, stop, async (target) => {
      if (this.#refused !== undefined || (this.#gitDoubt !== undefined && endsAsking(this.#gitDoubt)) || !this.#mayCall('git')) return;
      this.#probed += 1;
      this.#takeProbe(target, await bitbucket.probe(pair.secret, target.workspace, target.slug, stop));
      onProbe();
    });
  }

  #takeProbe(target: Target, answer: TokenAnswer): void {
    if (answer.kind === 'good') {
      // Anybody can fetch a public repository.
      if (this.#standingOf(target)?.kind === 'public') return;
      this.#proved += 1;
      this.#set(target, { kind: 'reachable' });
    } else if (answer.kind === 'undecided') this.#gitDoubt ??= answer;
    else if (endsAsking(answer)) this.#refused ??= answer;
    else this.#set(target, { kind: 'unreachable', why: refusalText(answer) });
  }

  result(): WorkspaceResult {
    const rest = untold(this.#refused ?? this.#gitDoubt ?? this.#restEnded);
    const standings = this.#visit.targets.map((target) => [target, this.#standingOf(target) ?? rest] as const);
    const judgement = judgeWorkspace({
      token: this.#visit.token,
      workspace: this.#visit.workspace,
      standings: standings.map(([, standing]) => standing),
      seen: this.#seen,
      probed: this.#probed,
      proved: this.#proved,
      refused: this.#refused,
      gitDoubt: this.#gitDoubt,
      restDoubt: this.#restEnded,
    });
    const ends = {
      ...(this.#restEnded === undefined ? {} : { restEnded: this.#restEnded }),
      ...(this.#gitDoubt === undefined ? {} : { gitDoubt: this.#gitDoubt }),
    };
    return { ...judgement, standings, ...ends };
  }

  /** Stops before the limit instead of running into it. */
  #mayCall(side: 'rest' | 'git'): boolean {
    if (this.#visit.left()[side] > 0) return true;
    if (side === 'rest') this.#restEnded ??= QUOTA;
    else this.#gitDoubt = QUOTA;
    return false;
  }

  #endRest(why: TokenRefusal | undefined): void {
    if (why?.kind === 'undecided' && endsAsking(why)) this.#restEnded ??= why;
  }

  #standingOf(target: Target): RepositoryStanding | undefined {
    return this.#standings.get(fullName(target));
  }

  #set(target: Target, standing: RepositoryStanding): void {
    this.#standings.set(fullName(target), standing);
  }
}
