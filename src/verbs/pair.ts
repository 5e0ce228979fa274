import { RekeyError } from '../core/errors.ts';
import type { Side } from '../core/plan-file.ts';
import type { Pair, Runtime } from '../core/ports.ts';

/** The user name of a side with the secret that belongs to it. @throws RekeyError SECRET_UNREADABLE | PLAN_INVALID */
export async function pairOf(side: Side, runtime: Runtime): Promise<Pair> {
  if (side.token !== undefined) return { username: side.username, secret: await runtime.tokenSecret(side.token) };
  if (side.previous !== undefined) return { username: side.username, secret: await runtime.previousSecret(side.previous) };
  throw new RekeyError('PLAN_INVALID', `The plan names no secret for the user name "${side.username}".`);
}
