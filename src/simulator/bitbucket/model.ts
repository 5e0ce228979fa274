/** Whose machine a git request comes from: an IP allowlist may admit one and not the other. */
export type Network = 'operator' | 'bamboo';

/** What a repository grants to the account that asks; `none` hides a private repository. */
export type Grant = 'admin' | 'write' | 'read' | 'none';

/** The Bitbucket account behind a credential; several tokens may share one, and so its quota. */
export interface Account {
  accountId: string;
  uuid: string;
  /** Bitbucket user name: good for git, not for REST. */
  userName: string;
  nickname: string;
  displayName: string;
  twoStep: boolean;
}

/** One API token (`ATAT…`). A token without Bitbucket scopes has an empty `scopes`. */
export interface TokenSpec {
  name: string;
  email: string;
  value: string;
  scopes: string[];
  workspaces: 'all' | string[];
  expires: Date;
  tokenId: string;
  account: Account;
  revoked: boolean;
}

/** One app password (`ATBB…`): works with the Bitbucket user name until Bitbucket removes them all. */
export interface AppPassword {
  value: string;
  account: Account;
}

/** One repository, project or workspace access token (`ATCT…`), git user name `x-token-auth`. */
export interface AccessToken {
  value: string;
  workspace: string;
  repository: 'all' | string;
}

/** One repository under its present name. */
export interface Repository {
  slug: string;
  uuid: string;
  isPrivate: boolean;
  grant: Grant;
  /** Names (`workspace/slug`) it had before it was renamed or moved; they still lead to it. */
  formerNames: string[];
}

/** One workspace with its repositories and its demands on whoever fetches from it. */
export interface Workspace {
  slug: string;
  uuid: string;
  repositories: Repository[];
  /** Covers git data only: REST goes on answering. */
  ipAllowlist: 'off' | { admits: Network[] };
  twoStepRequired: boolean;
}

/** Which of the two services of Bitbucket a request or a fault belongs to. */
export type Side = 'rest' | 'git';

/** What goes wrong instead of the true answer. */
export type FaultKind =
  | { kind: 'rate-limit'; retryAfterSeconds?: number }
  | { kind: 'proxy-page' }
  | { kind: 'empty-401' }
  | { kind: 'server-error'; status: number }
  | { kind: 'gone'; change: string }
  | { kind: 'hang-up' }
  | { kind: 'redirect'; location: string };

/** A fault that is answered `times` times to requests of one side whose path contains `path`. */
export interface Fault {
  side: Side | 'both';
  path: string;
  times: number;
  what: FaultKind;
}

/** One request as the log keeps it: who and what, never the secret. */
export interface LoggedRequest {
  at: Date;
  side: Side;
  method: string;
  path: string;
  status: number;
  /** The user name as sent. */
  userName: string;
  /** Name of the API token that was recognised, whether or not it sufficed. */
  token: string | undefined;
}

/** Requests of one account, counted over a rolling hour. */
export interface QuotaLimits {
  rest: number;
  git: number;
}

/** Everything that the simulated Bitbucket Cloud knows; tests change it in place. */
export interface BitbucketWorld {
  tokens: TokenSpec[];
  appPasswords: AppPassword[];
  accessTokens: AccessToken[];
  workspaces: Workspace[];
  faults: Fault[];
  /** Brownout: app passwords are refused although their end has not come. */
  appPasswordBrownout: boolean;
  limits: QuotaLimits;
  /** Times of the requests of the last hour, by `side:accountId`. */
  spent: Map<string, number[]>;
  log: LoggedRequest[];
  /** Assign another function to move the clock. */
  now: () => Date;
}

/** What Bitbucket says to one credential for one repository. */
export type FetchVerdict = { kind: 'allowed' } | { kind: 'refused'; status: number; text: string };
