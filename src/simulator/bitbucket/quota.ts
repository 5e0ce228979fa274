import { accountOf, type Caller } from './caller.ts';
import type { BitbucketWorld, Side } from './model.ts';

const HOUR = 3_600_000;

/** Counts one request on the caller's account; false when the rolling hour is used up, and then it is not counted. */
export function spendQuota(world: BitbucketWorld, side: Side, caller: Caller): boolean {
  const account = accountOf(caller);
  if (!account) return true;
  const recent = recentRequests(world, side, account.accountId);
  if (recent.length >= world.limits[side]) return false;
  recent.push(world.now().getTime());
  return true;
}

function recentRequests(world: BitbucketWorld, side: Side, accountId: string): number[] {
  const key = `${side}:${accountId}`;
  const times = world.spent.get(key) ?? [];
  const hourAgo = world.now().getTime() - HOUR;
  const firstRecent = times.findIndex((time) => time > hourAgo);
  times.splice(0, firstRecent === -1 ? times.length : firstRecent);
  world.spent.set(key, times);
  return times;
}
