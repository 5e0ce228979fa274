/** One cause for which Bitbucket does not confirm a token: what it says of the token, whom it concerns, and what the user does next. */
interface CauseRow {
  /** `bad`: the token must not be written; `undecided`: the answer proves nothing either way. */
  readonly kind: 'bad' | 'undecided';
  /** `token`: whatever it is used for; `workspace`: everything in there; `repository`: this one; `way`: who asks, not who is asked about. */
  readonly concerns: 'token' | 'workspace' | 'repository' | 'way';
  readonly remedy: string;
}

const CREATE = 'Create one in the Atlassian account with "Create API token with scopes", app Bitbucket.';

/** Every cause there is (bitbucket-wire.md, "Errors" and "Git over HTTPS"). */
export const TOKEN_CAUSES = {
  // One answer for all four [D].
  refused: { kind: 'bad', concerns: 'token', remedy: 'Check that the email is the one of the Atlassian account that made the token, else create a new token.' },
  unscoped: { kind: 'bad', concerns: 'token', remedy: `Scopes are fixed when a token is made. ${CREATE}` },
  'scope-missing': { kind: 'bad', concerns: 'token', remedy: `Scopes are fixed when a token is made. ${CREATE}` },
  'app-password': { kind: 'bad', concerns: 'token', remedy: `It wants an API token. ${CREATE}` },
  'access-token': { kind: 'bad', concerns: 'token', remedy: `Bamboo's Bitbucket Cloud type takes API tokens only. ${CREATE}` },
  'workspace-hidden': {
    kind: 'bad',
    concerns: 'workspace',
    remedy: 'Use a token that is not limited to another workspace, of an account that is a member of this one.',
  },
  'two-step': { kind: 'bad', concerns: 'workspace', remedy: 'Turn two-step verification on for the account that owns the token.' },
  hidden: { kind: 'bad', concerns: 'repository', remedy: 'Check the name, and the rights of the account that owns the token.' },
  moved: { kind: 'bad', concerns: 'repository', remedy: 'Correct workspace and repository in Bamboo, then make a new plan.' },
  public: {
    kind: 'undecided',
    concerns: 'repository',
    remedy: 'Give the account that owns the token a right of its own to the repository, if a proof is wanted.',
  },
  'scopes-untold': { kind: 'undecided', concerns: 'token', remedy: 'Git shows what it can do; a new token with that scope would show it here.' },
  'unknown-type': { kind: 'undecided', concerns: 'token', remedy: `Make sure that it is an API token, else create one. ${CREATE}` },
  'ip-allowlist': {
    kind: 'undecided',
    concerns: 'workspace',
    remedy: "Have a workspace administrator add it; whether Bamboo's address is let in, only Bamboo's own connection test tells.",
  },
  quota: { kind: 'undecided', concerns: 'way', remedy: 'The quota counts a rolling hour and is shared with Bamboo: wait, then run the same command again.' },
  gone: { kind: 'undecided', concerns: 'way', remedy: 'That is no fault of the token: look for a newer version of bamboo-rekey.' },
  'proxy-page': {
    kind: 'undecided',
    concerns: 'way',
    remedy: 'A proxy or a sign-on page stands in between, or bitbucket.api and bitbucket.git are wrong.',
  },
  redirected: {
    kind: 'undecided',
    concerns: 'way',
    remedy: 'A token is never sent to another host. Check bitbucket.api, bitbucket.git and HTTPS_PROXY.',
  },
  unreachable: { kind: 'undecided', concerns: 'way', remedy: 'Check the network, HTTPS_PROXY, bitbucket.api and bitbucket.git.' },
  'server-fault': { kind: 'undecided', concerns: 'way', remedy: 'Run the same command again later.' },
  'not-understood': { kind: 'undecided', concerns: 'way', remedy: 'Check bitbucket.api and bitbucket.git.' },
} as const satisfies Record<string, CauseRow>;

/** The stable word for a cause. */
export type TokenCause = keyof typeof TOKEN_CAUSES;

/** An answer that does not confirm a token. */
export interface TokenRefusal {
  readonly kind: 'bad' | 'undecided';
  readonly cause: TokenCause;
  /** What was met, in one sentence. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Makes the answer for a cause; `remedy` where there is a better one than the usual. */
export function refusal(cause: TokenCause, why: string, remedy: string = TOKEN_CAUSES[cause].remedy): TokenRefusal {
  return { kind: TOKEN_CAUSES[cause].kind, cause, why, remedy };
}

/** What was met and what to do, as one text. */
export function refusalText({ why, remedy }: Pick<TokenRefusal, 'why' | 'remedy'>): string {
  return `${why} ${remedy}`;
}

/** Whether asking on about other repositories of the same workspace would only bring the same answer. */
export function endsAsking({ kind, cause }: TokenRefusal): boolean {
  if (kind === 'bad') return TOKEN_CAUSES[cause].concerns !== 'repository';
  return ['quota', 'unreachable', 'proxy-page', 'redirected', 'ip-allowlist', 'gone'].includes(cause);
}
