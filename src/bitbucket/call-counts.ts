import type { CallCount, Clock, Http } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';

const HOUR_MS = 3_600_000;

/** Our own requests by token: with an API token Bitbucket tells no quota, so whoever asks must count [D]. */
export interface CallCounts {
  /** An Http whose requests count for the token. */
  counting(http: Http, token: Secret, side: keyof CallCount): Http;
  /** The requests of the last hour: the quota is one of a rolling hour [D]. */
  spent(token: Secret): CallCount;
}

/** Starts at nothing. */
export function createCallCounts(clock: Clock): CallCounts {
  const moments = new Map<string, Record<keyof CallCount, number[]>>();
  const of = (token: Secret): Record<keyof CallCount, number[]> => {
    const own = moments.get(token.digest()) ?? { rest: [], git: [] };
    moments.set(token.digest(), own);
    return own;
  };
  return {
    counting: (http, token, side) => ({
      send: (request) => {
        of(token)[side].push(clock.now().getTime());
        return http.send(request);
      },
    }),
    spent: (token) => {
      const { rest, git } = of(token);
      const since = clock.now().getTime() - HOUR_MS;
      return { rest: countSince(rest, since), git: countSince(git, since) };
    },
  };
}

/** Moments are in their order, so what is too old stands at the beginning and is forgotten. */
function countSince(moments: number[], since: number): number {
  const first = moments.findIndex((moment) => moment > since);
  moments.splice(0, first === -1 ? moments.length : first);
  return moments.length;
}
