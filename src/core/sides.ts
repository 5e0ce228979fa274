import { assertNever } from './assert-never.ts';
import { type Credential, type CredentialKind, GIT_TOKEN_USERNAME, type Kind } from './model.ts';
import type { Change, Side } from './plan-file.ts';

/** A configured token: its name under `tokens` and the email it belongs to. */
export interface NamedToken {
  readonly name: string;
  readonly email: string;
}

/** The side that a change writes: Bitbucket Cloud wants the email, git the static name [D, M]. For a shared credential, `kind` is what it serves. */
export function afterSide(kind: Kind, token: NamedToken): Side {
  return { username: kind === 'git' ? GIT_TOKEN_USERNAME : token.email, credential: 'api-token', token: token.name };
}

/** Whether a slot holds a user name and a password of its own. */
export function isInline(kind: CredentialKind): boolean {
  return kind === 'app-password' || kind === 'api-token';
}

/** Why there is no user name and password of its own to change; undefined where there is. `source` tells what was read. */
export function whyNotInline({ kind, shared }: Pick<Credential, 'kind' | 'shared'>, source: string): string | undefined {
  switch (kind) {
    case 'app-password':
    case 'api-token':
      return undefined;
    case 'shared':
      return `it uses the shared credential "${shared?.name ?? ''}"`;
    case 'ssh':
      return 'it uses an SSH key';
    case 'none':
      return 'it has no user name and password of its own';
    case 'unknown':
      return `${source} does not tell which kind of credential it uses`;
    default:
      return assertNever(kind);
  }
}

/** What is concluded from a user name, as a password can't be read: an email, or git's static name, counts as migrated. */
export function countsAsMigrated(kind: Kind, username: string): boolean {
  return kind === 'git' ? username === GIT_TOKEN_USERNAME : username.includes('@');
}

/** The content of a user name and password slot, as far as the user name tells it. A shared credential may serve either kind. */
export function inferCredential(kind: Kind, username: string): Credential {
  const isToken = countsAsMigrated(kind, username) || (kind === 'credentials' && countsAsMigrated('git', username));
  return { kind: isToken ? 'api-token' : 'app-password', username, inferred: true };
}

/** Whether a change writes email + token, which only a Bamboo that takes API tokens for Bitbucket Cloud can use; git's static name works on every version. */
export function needsTokenSupport({ kind, after }: Pick<Change, 'kind' | 'after'>): boolean {
  return kind !== 'git' && after.credential === 'api-token' && !(kind === 'credentials' && after.username === GIT_TOKEN_USERNAME);
}
