import type { Clock, Http, HttpResponse } from '../core/ports.ts';
import { pause } from './pause.ts';
import { capped, retryAfterMs } from './retry-after.ts';

/** How long everybody waits after a 429 that does not say how long: Bitbucket's does not [M]. */
const UNNAMED_WAIT_MS = 5_000;

/** The gate of one origin, shared by all workers; moments in milliseconds. */
interface Gate {
  /** The server wants no request before. */
  closedUntil: number;
  /** With spacing: the next request leaves then. */
  nextMoment: number;
  /** Least distance between two requests; 0 while the server has plenty left. */
  spacingMs: number;
  inFlight: number;
}

/**
 * Keeps to the rate that a server tells, all workers together: waits out `Retry-After`, and spaces the requests when few are left. Each request is sent once;
 * a 429 goes back to the caller. A write that was answered 429 was refused before it was begun.
 */
export function withPacing(http: Http, clock: Clock): Http {
  const gates = new Map<string, Gate>();
  return {
    async send(request) {
      const gate = gateOf(gates, new URL(request.url).origin);
      await pass(gate, clock, request.signal);
      gate.inFlight += 1;
      try {
        const response = await http.send(request);
        adjust(gate, response, clock.now());
        return response;
      } finally {
        gate.inFlight -= 1;
      }
    },
  };
}

function gateOf(gates: Map<string, Gate>, origin: string): Gate {
  const gate = gates.get(origin) ?? { closedUntil: 0, nextMoment: 0, spacingMs: 0, inFlight: 0 };
  gates.set(origin, gate);
  return gate;
}

/** Looks again after each wait: another worker may have gone first, or the gate may have closed anew. */
async function pass(gate: Gate, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const now = clock.now().getTime();
    const moment = Math.max(now, gate.closedUntil, gate.nextMoment);
    if (moment === now) {
      gate.nextMoment = now + gate.spacingMs;
      return;
    }
    await pause(clock, moment - now, signal);
  }
}

function adjust(gate: Gate, { status, headers }: HttpResponse, now: Date): void {
  const rate = readRate(headers);
  if (rate !== undefined) gate.spacingMs = rate.remaining > gate.inFlight ? 0 : capped(rate.intervalMs / rate.fill);
  gate.closedUntil = Math.max(gate.closedUntil, now.getTime() + closedForMs(status, headers, rate, now));
}

function closedForMs(status: number, headers: HttpResponse['headers'], rate: Rate | undefined, now: Date): number {
  const named = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
  if (named !== undefined) return named;
  if (rate?.remaining === 0) return capped(rate.intervalMs);
  return status === 429 ? UNNAMED_WAIT_MS : 0;
}

/** Tokens left now, and how many come back in which time. */
interface Rate {
  readonly remaining: number;
  readonly intervalMs: number;
  readonly fill: number;
}

/** `X-RateLimit-Remaining`, `-Interval-Seconds`, `-FillRate` of Bamboo [P for 9.6 and sister products]. */
function readRate(headers: HttpResponse['headers']): Rate | undefined {
  const [remaining, interval, fill] = ['remaining', 'interval-seconds', 'fillrate'].map((name) => Number.parseFloat(headers[`x-ratelimit-${name}`] ?? ''));
  if (remaining === undefined || !(remaining >= 0)) return undefined;
  return { remaining, intervalMs: (interval !== undefined && interval > 0 ? interval : 1) * 1000, fill: fill !== undefined && fill >= 1 ? fill : 1 };
}
