import type { Pair } from './pair.ts';
import type { Secret } from './secret.ts';
import type { TokenRefusal } from './token-cause.ts';

/** What one question says of a token. `bad`: it must not be written; `undecided`: the answer proves nothing either way. */
export type TokenAnswer = { readonly kind: 'good'; readonly scopes?: readonly string[]; readonly account?: string; readonly tokenId?: string } | TokenRefusal;

/** A workspace as Bitbucket names it: either name may stand in an address. */
export interface WorkspaceName {
  readonly slug: string;
  readonly uuid?: string | undefined;
}

/** A list as far as it could be read; `broken`: why it ends too early. */
export type TokenListing<T> = { readonly kind: 'listed'; readonly entries: readonly T[]; readonly broken?: TokenRefusal } | TokenRefusal;

/** Requests made with one token: REST calls and git operations have quotas of their own. */
export interface CallCount {
  readonly rest: number;
  readonly git: number;
}

/** Bitbucket Cloud, seen with one token. Answers; never throws for what Bitbucket says. */
export interface Bitbucket {
  /** `GET /user` with email and token: identity and scopes. */
  identity(pair: Pair, signal?: AbortSignal): Promise<TokenAnswer>;
  /** The workspaces that the token reaches. */
  workspaces(pair: Pair, signal?: AbortSignal): Promise<TokenListing<WorkspaceName>>;
  /** Full names of the repositories of a workspace on which the account has a right, page by page, as long as `goOn` says. */
  grants(pair: Pair, workspace: string, goOn: (page: readonly string[]) => boolean, signal?: AbortSignal): Promise<TokenListing<string>>;
  /** One repository over REST; good when it is private and still has the name. */
  repository(pair: Pair, workspace: string, slug: string, signal?: AbortSignal): Promise<TokenAnswer>;
  /** Git advertisement of one repository with the static user name. */
  probe(token: Secret, workspace: string, slug: string, signal?: AbortSignal): Promise<TokenAnswer>;
  /** What this process asked with the token during the last hour, repetitions included. */
  spent(token: Secret): CallCount;
}
