import { type CredentialKind, GIT_TOKEN_USERNAME, type Kind } from './model.ts';
import type { Side } from './plan-file.ts';

/** A configured token: its name under `tokens` and the email it belongs to. */
export interface NamedToken {
  readonly name: string;
  readonly email: string;
}

/** The side that a change writes: Bitbucket Cloud wants the email, git the static name [D, M]. */
export function afterSide(kind: Kind, token: NamedToken): Side {
  return { username: kind === 'git' ? GIT_TOKEN_USERNAME : token.email, credential: 'api-token', token: token.name };
}

/** Whether a slot holds a user name and a password of its own. */
export function isInline(kind: CredentialKind): boolean {
  return kind === 'app-password' || kind === 'api-token';
}

/** What is concluded from a user name, as a password can't be read: an email, or git's static name, counts as migrated. */
export function countsAsMigrated(kind: Kind, username: string): boolean {
  return kind === 'git' ? username === GIT_TOKEN_USERNAME : username.includes('@');
}
