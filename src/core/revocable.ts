import type { TokenUse } from './journal.ts';
import { GIT_TOKEN_USERNAME } from './model.ts';
import type { Reading } from './reading.ts';
import { listOf, nameUser } from './shared-users.ts';
import type { ObjectStanding } from './token-standing.ts';

/** A token that may be old; a secret replaced under the same name ran out on another day. */
export type OldToken = Pick<TokenUse, 'name' | 'email' | 'expires'>;

/** What is known of one server. */
export interface RevocableInput {
  /** The latest word of the journals on each object, by its key. */
  readonly standings: ReadonlyMap<string, ObjectStanding>;
  /** What the server holds now. */
  readonly readings: readonly Reading[];
  /** How many things on the server could not be read. */
  readonly unread: number;
}

/** Whether an old token can be revoked, as far as one server goes; `unproven`: it is not known that nothing stands on it. */
export type RevocableVerdict =
  | { readonly kind: 'revocable' }
  | { readonly kind: 'in-use'; readonly objects: number }
  /** The reasons are whole sentences. */
  | { readonly kind: 'unproven'; readonly why: string };

/** Enough to know what to look for; the inventory has all of them. */
const MOST_NAMES = 3;

/** A token is revocable when the journals hold nothing unknown for it, nothing stands on it, and the server shows nothing unread. */
export function judgeRevocable(token: OldToken, { standings, readings, unread }: RevocableInput): RevocableVerdict {
  const all = [...standings.values()];
  const inUse = all.filter((standing) => standing.unsettled === undefined && isSame(standing.token, token)).length;
  if (inUse > 0) return { kind: 'in-use', objects: inUse };
  const reasons = [
    reason(all.filter((standing) => mayStandOn(standing, token)).length, 'object(s) may stand on it: their last write was never settled'),
    untoldReason(readings.filter((reading) => isUntold(reading, token, standings))),
    reason(unread, 'thing(s) on the server could not be read'),
  ].filter((each) => each !== undefined);
  return reasons.length === 0 ? { kind: 'revocable' } : { kind: 'unproven', why: reasons.join(' ') };
}

function reason(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}.`;
}

function untoldReason(readings: readonly Reading[]): string | undefined {
  const names = listOf(
    readings.map(({ item }) => nameUser(item)),
    MOST_NAMES,
  );
  return reason(readings.length, `object(s) hold a user name that may be its, or that can't be read, and no journal tells with which token: ${names}`);
}

function isSame(use: TokenUse | undefined, token: OldToken): boolean {
  return use !== undefined && use.name === token.name && (use.expires === '' || use.expires === token.expires);
}

function mayStandOn({ token: written, unsettled }: ObjectStanding, token: OldToken): boolean {
  return unsettled !== undefined && (isSame(written, token) || isSame(unsettled.before, token));
}

/** A user name tells only that a token may be there, and one that can't be read tells nothing; which one it is, the journals tell. */
function isUntold({ item }: Reading, token: OldToken, standings: ReadonlyMap<string, ObjectStanding>): boolean {
  const username = item.credential.username?.toLowerCase();
  const written = standings.get(`${item.object}:${item.id}`)?.token;
  if (item.credential.kind === 'unknown' && username === undefined) return written === undefined;
  if (item.credential.kind === 'shared' || (username !== token.email.toLowerCase() && username !== GIT_TOKEN_USERNAME)) return false;
  return written === undefined || (username !== GIT_TOKEN_USERNAME && written.email.toLowerCase() !== username);
}
