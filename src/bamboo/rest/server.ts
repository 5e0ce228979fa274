import { z } from 'zod';
import { toRekeyError } from '../../core/errors.ts';
import type { ServerInfo } from '../../core/model.ts';
import type { AccessTokenInfo } from '../../core/ports.ts';
import { Id } from './json.ts';
import type { Rest } from './rest.ts';

const Info = z.object({ version: z.string().min(1), state: z.string().optional(), buildNumber: Id.optional().catch(undefined) });

/** `GET /info` [P]. A state that is not told is "unknown", never RUNNING. */
export async function readInfo(rest: Rest, signal?: AbortSignal): Promise<ServerInfo> {
  const { version, state, buildNumber } = await rest.get(Info, '/info', {}, signal);
  return { version, state: state ?? 'unknown', ...(buildNumber === undefined ? {} : { buildNumber }) };
}

const Token = z.object({
  name: z.string().catch(''),
  permissions: z.array(z.string()).catch([]),
  daysUntilExpiry: z.coerce.number().optional().catch(undefined),
});
const Tokens = z.union([z.array(Token), z.object({ results: z.array(Token) }).transform((body) => body.results)]);

/** `GET /access-token` [P]: undefined where this server has no such call or does not tell this user. */
export async function readAccessTokens(rest: Rest, signal?: AbortSignal): Promise<readonly AccessTokenInfo[] | undefined> {
  try {
    const tokens = await rest.get(Tokens, '/access-token', {}, signal);
    return tokens.map(({ daysUntilExpiry, ...token }) => ({ ...token, ...(daysUntilExpiry === undefined ? {} : { daysUntilExpiry }) }));
  } catch (thrown) {
    const error = toRekeyError(thrown);
    if (['PAGE_MISSING', 'PERMISSION_MISSING', 'ANSWER_NOT_UNDERSTOOD'].includes(error.code)) return undefined;
    throw error;
  }
}
