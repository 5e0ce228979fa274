import { z } from 'zod';
import { refusal, refusalText, type TokenRefusal } from './token-cause.ts';

const count = z.number().int().nonnegative();

export const MatrixRow = z.strictObject({
  token: z.string(),
  workspace: z.string(),
  /** Repositories that the token is to serve there. */
  repositories: count,
  /** Known to be readable with the token, by a right of its account or by git. */
  reachable: count,
  /** Public ones, which prove nothing of the token. */
  public: count,
  /** Ones that the token can't reach. */
  unreachable: count,
  /** Ones of which nothing could be told. */
  undecided: count,
  /** Ones that git was asked about. */
  probed: count,
  verdict: z.enum(['ok', 'partly', 'refused', 'undecided']),
  why: z.string().optional(),
});
/** What one token can do in one workspace; the four counts after `repositories` add up to it. */
export type MatrixRow = z.infer<typeof MatrixRow>;

export const TokenCalls = z.strictObject({ token: z.string(), rest: count, git: count });
/** What one token was asked during the last hour. */
export type TokenCalls = z.infer<typeof TokenCalls>;

/** How one repository stands with one token. `later`: it was not asked about because of the quota. */
export type RepositoryStanding =
  | { readonly kind: 'reachable' }
  | { readonly kind: 'public' }
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string; readonly later?: true };

/** What was seen of one workspace with one token. */
export interface WorkspaceSight {
  readonly token: string;
  readonly workspace: string;
  readonly standings: readonly RepositoryStanding[];
  /** Bitbucket itself showed the token this workspace. */
  readonly seen: boolean;
  readonly probed: number;
  /** Git probes that proved something. */
  readonly proved: number;
  /** An answer that ends everything for the token. */
  readonly refused?: TokenRefusal | undefined;
  /** Why git, or REST, told less than was asked. */
  readonly gitDoubt?: TokenRefusal | undefined;
  readonly restDoubt?: TokenRefusal | undefined;
}

/** What a sight means for the token. */
export interface WorkspaceJudgement {
  readonly row: MatrixRow;
  readonly refused?: TokenRefusal;
  /** Why nothing proves that the token works there. */
  readonly undecided?: TokenRefusal;
}

/** Decides by what was seen whether the token may be written for this workspace. */
export function judgeWorkspace(sight: WorkspaceSight): WorkspaceJudgement {
  const refused = sight.refused ?? outOfReach(sight);
  const undecided = refused === undefined ? doubtOf(sight) : undefined;
  const why = refused ?? undecided;
  const counts = {
    reachable: countOf(sight, 'reachable'),
    public: countOf(sight, 'public'),
    unreachable: countOf(sight, 'unreachable'),
    undecided: countOf(sight, 'undecided'),
  };
  const { token, workspace, probed } = sight;
  const row = {
    token,
    workspace,
    repositories: sight.standings.length,
    ...counts,
    probed,
    verdict: verdictOf(sight, refused, undecided),
    ...(why === undefined ? {} : { why: why.why }),
  };
  return { row, ...(refused === undefined ? {} : { refused }), ...(undecided === undefined ? {} : { undecided }) };
}

function countOf({ standings }: WorkspaceSight, kind: RepositoryStanding['kind']): number {
  return standings.filter((standing) => standing.kind === kind).length;
}

function verdictOf(sight: WorkspaceSight, refused: TokenRefusal | undefined, undecided: TokenRefusal | undefined): MatrixRow['verdict'] {
  if (refused !== undefined) return 'refused';
  if (undecided !== undefined) return 'undecided';
  return countOf(sight, 'reachable') < sight.standings.length ? 'partly' : 'ok';
}

/** Where nobody says whether the workspace is open to the token, and no repository is: it is not. */
function outOfReach({ seen, standings, workspace }: WorkspaceSight): TokenRefusal | undefined {
  const [first] = standings;
  if (seen || first?.kind !== 'unreachable' || standings.some(({ kind }) => kind !== 'unreachable')) return undefined;
  return refusal('workspace-hidden', `The workspace ${workspace} is out of reach: ${first.why}`);
}

function doubtOf({ standings, proved, gitDoubt, restDoubt, workspace }: WorkspaceSight): TokenRefusal | undefined {
  if (proved > 0 || standings.every(({ kind }) => kind === 'unreachable')) return undefined;
  if (gitDoubt !== undefined) return gitDoubt;
  if (standings.some(({ kind }) => kind === 'public'))
    return refusal('public', `Only public repositories of the workspace ${workspace} answered, and they prove nothing of the token.`);
  return restDoubt;
}

/** A repository of which nothing was told. */
export function untold(why: TokenRefusal | undefined): RepositoryStanding {
  return { kind: 'undecided', why: why === undefined ? 'Not asked.' : refusalText(why), ...(why?.cause === 'quota' ? { later: true } : {}) };
}
