import type { Holdings } from '../core/access.ts';
import { accessTokenChecks, accessTokenRights } from '../core/access-token.ts';
import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import { toRekeyError } from '../core/errors.ts';
import type { Runtime } from '../core/ports.ts';

/** What the personal access token may do, as far as the server tells. */
export interface TokenAccess {
  readonly checks: readonly Check[];
  readonly rights: Holdings['pat'];
}

/** `GET /access-token`: rights and days left. @throws RekeyError as REST does */
export async function checkAccessToken(config: Config, runtime: Runtime): Promise<TokenAccess> {
  if (config.bamboo.rest === undefined) return { checks: [], rights: 'none' };
  const tokens = await (await runtime.bamboo()).accessTokens(runtime.stop);
  if (tokens !== undefined) return { checks: accessTokenChecks(tokens), rights: accessTokenRights(tokens) };
  return {
    checks: [{ check: 'access-token', status: 'unknown', detail: 'the server does not tell what the personal access token may do' }],
    rights: 'unknown',
  };
}

/** Which door into the web pages is open. */
export interface PageAccess {
  readonly check: Check;
  readonly open: boolean;
}

/** Goes in by the configured login; without one, tries on one edit form whether this server lets the token in. @throws RekeyError as the login does */
export async function checkLogin(config: Config, runtime: Runtime): Promise<PageAccess> {
  try {
    const door = await (await runtime.bamboo()).login(runtime.stop);
    return { check: { check: 'login', status: 'ok', detail: door }, open: true };
  } catch (thrown) {
    const { code, message, remedy } = toRekeyError(thrown);
    if (code !== 'LOGIN_MISSING' || config.bamboo.login !== undefined) throw thrown;
    return { check: { check: 'login', status: 'warning', detail: `edit forms can be neither read nor written: ${message}`, remedy }, open: false };
  }
}
