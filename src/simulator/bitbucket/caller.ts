import type { AccessToken, Account, BitbucketWorld, TokenSpec, Workspace } from './model.ts';

/** Whom Bitbucket takes a request to come from. */
export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'token'; token: TokenSpec }
  | { kind: 'app-password'; account: Account }
  | { kind: 'removed-app-password' }
  | { kind: 'access-token'; accessToken: AccessToken }
  | { kind: 'stranger' };

// "28 Jul 2026: app passwords removed, CHANGE-3222" [D].
const APP_PASSWORDS_END = new Date('2026-07-28T00:00:00Z');

/** REST: the Atlassian email with the token; a Bitbucket user name does not work [D]. */
export function callerOverRest(world: BitbucketWorld, userName: string, password: string): Caller {
  if (userName === '' && password === '') return { kind: 'anonymous' };
  const token = livingToken(world, password);
  if (token && token.email === userName) return { kind: 'token', token };
  return appPasswordCaller(world, userName, password);
}

/** Git: the static name or the Bitbucket user name with the token [D]; the email does not work [M]. */
export function callerOverGit(world: BitbucketWorld, userName: string, password: string): Caller {
  if (userName === '' && password === '') return { kind: 'anonymous' };
  const token = livingToken(world, password);
  if (token && [STATIC_TOKEN_USER, token.account.userName].includes(userName)) return { kind: 'token', token };
  const accessToken = world.accessTokens.find((each) => each.value === password);
  if (accessToken && userName === 'x-token-auth') return { kind: 'access-token', accessToken };
  return appPasswordCaller(world, userName, password);
}

/** The account that pays for the caller's requests. */
export function accountOf(caller: Caller): Account | undefined {
  if (caller.kind === 'token') return caller.token.account;
  return caller.kind === 'app-password' ? caller.account : undefined;
}

/** Whether the credential is good for this workspace at all: a token may be limited to some [D]. */
export function reaches(caller: Caller, workspace: Workspace): boolean {
  if (caller.kind === 'token') return caller.token.workspaces === 'all' || caller.token.workspaces.includes(workspace.slug);
  if (caller.kind === 'access-token') return caller.accessToken.workspace === workspace.slug;
  return caller.kind === 'app-password';
}

const STATIC_TOKEN_USER = 'x-bitbucket-api-token-auth';

function livingToken(world: BitbucketWorld, value: string): TokenSpec | undefined {
  return world.tokens.find((token) => token.value === value && !token.revoked && token.expires > world.now());
}

function appPasswordCaller(world: BitbucketWorld, userName: string, password: string): Caller {
  const ended = world.appPasswordBrownout || world.now() >= APP_PASSWORDS_END;
  // The prefix alone tells an app password [D]: after the end Bitbucket has none left to compare it with.
  if (ended) return password.startsWith('ATBB') ? { kind: 'removed-app-password' } : { kind: 'stranger' };
  const known = world.appPasswords.find((each) => each.value === password && each.account.userName === userName);
  return known ? { kind: 'app-password', account: known.account } : { kind: 'stranger' };
}
