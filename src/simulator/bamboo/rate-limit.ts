import type { RequestHandler, Response } from 'express';
import { namedUser } from './auth/caller.ts';
import type { BambooContext } from './context.ts';
import { sendRestError } from './rest/answers.ts';
import type { Switches } from './switches.ts';

type RateLimit = Exclude<Switches['rateLimit'], 'off'>;

/** What one user has left, and since when the interval runs that is under way. */
interface Bucket {
  readonly tokens: number;
  readonly since: number;
}

/** Each request of a user takes a token and tells what is left; without one it is refused before anything is done [P for 9.6 and sister products]. */
export function limitRate(context: BambooContext): RequestHandler {
  const buckets = new Map<string, Bucket>();
  return (request, response, next) => {
    const { rateLimit } = context.switches;
    if (rateLimit === 'off') {
      buckets.clear();
      return next();
    }
    const user = namedUser(context, request);
    if (user === null) return next();
    const bucket = filled(buckets.get(user), rateLimit, context.now().getTime());
    const left = bucket.tokens - 1;
    buckets.set(user, { ...bucket, tokens: Math.max(0, left) });
    tellRate(response, rateLimit, Math.max(0, left));
    if (left >= 0) return next();
    response.set('Retry-After', String(secondsLeft(bucket, rateLimit, context.now().getTime())));
    sendRestError(context, response, 429, 'Rate limit exceeded.');
  };
}

/** Tokens come back after whole intervals, and never more than the bucket holds. */
function filled(bucket: Bucket | undefined, { limit, fillRate, intervalSeconds }: RateLimit, now: number): Bucket {
  if (bucket === undefined) return { tokens: limit, since: now };
  const intervals = Math.max(0, Math.floor((now - bucket.since) / (intervalSeconds * 1000)));
  return { tokens: Math.min(limit, bucket.tokens + intervals * fillRate), since: bucket.since + intervals * intervalSeconds * 1000 };
}

function secondsLeft({ since }: Bucket, { intervalSeconds }: RateLimit, now: number): number {
  return Math.ceil((since + intervalSeconds * 1000 - now) / 1000);
}

/** What a server with rate limiting tells of it in an answer. */
export function tellRate(response: Response, { limit, fillRate, intervalSeconds }: RateLimit, remaining: number): void {
  response.set({ 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': String(remaining) });
  response.set({ 'X-RateLimit-Interval-Seconds': String(intervalSeconds), 'X-RateLimit-FillRate': String(fillRate) });
}
