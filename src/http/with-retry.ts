import { RekeyError } from '../core/errors.ts';
import type { Clock, Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { pause, type WaitEnds } from './pause.ts';
import { retryAfterMs } from './retry-after.ts';

const ATTEMPTS = 5;
/** First wait after a broken connection or a server that is just away; doubled each time. */
const FIRST_WAIT_MS = 400;
/** First wait after a refusal for the rate that does not say how long: Bitbucket sends no Retry-After [M]. */
const FIRST_RATE_WAIT_MS = 5_000;

const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

type Try = { readonly kind: 'answer'; readonly response: HttpResponse } | { readonly kind: 'error'; readonly error: RekeyError };

/**
 * Repeats reads that met a passing failure; a write is sent once, whatever happens.
 * @param random gives a number from 0 up to 1, so that many workers do not come back at the same moment.
 * @param stop ends the longer waits of requests without a signal of their own.
 */
export function withRetry(http: Http, clock: Clock, random: () => number, stop?: AbortSignal): Http {
  return { send: (request) => (request.effect === 'write' ? http.send(request) : sendRead(request, http, clock, random, { signal: request.signal, stop })) };
}

async function sendRead(request: HttpRequest, http: Http, clock: Clock, random: () => number, ends: WaitEnds): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(request, http);
    if (!isPassing(outcome) || attempt === ATTEMPTS) return finish(outcome);
    await pause(clock, waitMs(outcome, attempt, clock.now(), random()), ends);
  }
}

async function attemptOnce(request: HttpRequest, http: Http): Promise<Try> {
  try {
    return { kind: 'answer', response: await http.send(request) };
  } catch (thrown) {
    if (thrown instanceof RekeyError) return { kind: 'error', error: thrown };
    throw thrown;
  }
}

function isPassing(outcome: Try): boolean {
  return outcome.kind === 'answer' ? PASSING_STATUSES.has(outcome.response.status) : outcome.error.code === 'SERVER_UNREACHABLE';
}

function finish(outcome: Try): HttpResponse {
  if (outcome.kind === 'error') throw outcome.error;
  return outcome.response;
}

/** A wait that the server names is kept in full; else exponential, between half and the whole of it. */
function waitMs(outcome: Try, attempt: number, now: Date, chance: number): number {
  const named = outcome.kind === 'answer' ? retryAfterMs(outcome.response.headers, now) : undefined;
  if (named !== undefined) return named;
  const first = outcome.kind === 'answer' && outcome.response.status === 429 ? FIRST_RATE_WAIT_MS : FIRST_WAIT_MS;
  return Math.round(first * 2 ** (attempt - 1) * (0.5 + chance / 2));
}
