import { z } from 'zod';
import { toRekeyError } from '../../core/errors.ts';
import type { ServerInfo } from '../../core/model.ts';
import type { AccessTokenInfo } from '../../core/ports.ts';
import { Id } from './json.ts';
import type { Rest } from './rest.ts';

const Info = z.object({ version: z.string().min(1), state: z.string().optional(), buildNumber: Id.optional().catch(undefined) });

const Running = z.object({ state: z.string().optional(), askedNodeState: z.string().optional(), clusterState: z.string().optional() });

/** `GET /info` [P], and `GET /server` [P] where that tells no state. A state that neither tells is "unknown", never RUNNING. */
export async function readInfo(rest: Rest, signal?: AbortSignal): Promise<ServerInfo> {
  const { version, state, buildNumber } = await rest.get(Info, '/info', {}, signal);
  return { version, state: state ?? (await readState(rest, signal)), ...(buildNumber === undefined ? {} : { buildNumber }) };
}

/** Older servers tell one state; newer ones that of the node that was asked and that of the cluster, and the one that is not RUNNING counts. */
async function readState(rest: Rest, signal?: AbortSignal): Promise<string> {
  const told: z.infer<typeof Running> = await unlessUntold(rest.get(Running, '/server', {}, signal), {});
  const states = [told.state, told.askedNodeState, told.clusterState].filter((state) => state !== undefined);
  return states.find((state) => state !== 'RUNNING') ?? states[0] ?? 'unknown';
}

/** What a server does not have, or does not tell this user, is no failure. */
async function unlessUntold<Told, Otherwise>(reading: Promise<Told>, otherwise: Otherwise): Promise<Told | Otherwise> {
  try {
    return await reading;
  } catch (thrown) {
    const error = toRekeyError(thrown);
    if (['PAGE_MISSING', 'PERMISSION_MISSING', 'ANSWER_NOT_UNDERSTOOD'].includes(error.code)) return otherwise;
    throw error;
  }
}

const Token = z.object({
  name: z.string().catch(''),
  permissions: z.array(z.string()).catch([]),
  daysUntilExpiry: z.coerce.number().optional().catch(undefined),
});
const Tokens = z.union([z.array(Token), z.object({ results: z.array(Token) }).transform((body) => body.results)]);

/** `GET /access-token` [P]: undefined where this server has no such call or does not tell this user. */
export async function readAccessTokens(rest: Rest, signal?: AbortSignal): Promise<readonly AccessTokenInfo[] | undefined> {
  const tokens = await unlessUntold(rest.get(Tokens, '/access-token', {}, signal), undefined);
  return tokens?.map(({ daysUntilExpiry, ...token }) => ({ ...token, ...(daysUntilExpiry === undefined ? {} : { daysUntilExpiry }) }));
}
