import type { Holdings } from './access.ts';
import type { Check } from './check.ts';
import type { AccessTokenInfo } from './ports.ts';

/** A token that runs out within so many days is told. */
const SOON_DAYS = 30;

/** The words are not published: those that speak of nothing but reading are taken for a token that may only read [P: what a token is made as by default]. */
function rightsOf({ permissions }: AccessTokenInfo): Holdings['pat'] {
  if (permissions.length === 0) return 'unknown';
  return permissions.every((word) => /^(read|view)/i.test(word)) ? 'read-only' : 'full';
}

/** What the configured token may do. The server lists all tokens of its owner and does not say which one asked: only what all of them have is known. */
export function accessTokenRights(tokens: readonly AccessTokenInfo[]): Holdings['pat'] {
  const [rights, ...others] = new Set(tokens.map(rightsOf));
  return rights === undefined || others.length > 0 ? 'unknown' : rights;
}

function described({ name, permissions, daysUntilExpiry }: AccessTokenInfo): string {
  const rights = permissions.join(', ') || 'rights not told';
  return `personal access token "${name}": ${rights}${daysUntilExpiry === undefined ? '' : `, ${daysUntilExpiry} days left`}`;
}

/** Rights and days left of every token that the server lists. */
export function accessTokenChecks(tokens: readonly AccessTokenInfo[]): Check[] {
  const rows = tokens.map((token): Check => {
    const endsSoon = token.daysUntilExpiry !== undefined && token.daysUntilExpiry <= SOON_DAYS;
    const row = { check: 'access-token', detail: described(token) };
    return endsSoon
      ? { ...row, status: 'warning', remedy: 'Make a new one in Bamboo in time, and put it where bamboo.rest.token points.' }
      : { ...row, status: 'ok' };
  });
  if (tokens.length < 2 || accessTokenRights(tokens) !== 'unknown') return rows;
  return [...rows, { check: 'access-token', status: 'unknown', detail: 'the server does not tell which of these tokens is the configured one' }];
}
