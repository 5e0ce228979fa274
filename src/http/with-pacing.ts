import type { Clock, Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { type Departure, Lane, type LaneWidth } from './lane.ts';
import { pause, type WaitEnds } from './pause.ts';
import { capped, retryAfterMs } from './retry-after.ts';

/** How long everybody waits after a 429 that does not say how long: Bitbucket's does not [M]. */
const UNNAMED_WAIT_MS = 5_000;
/** Shorter waits are not worth a line. */
const TOLD_FROM_MS = 5_000;

/** A change in how much is sent to a server. `waiting`: it asks for a pause of so long. */
export type PaceChange = { readonly host: string } & LaneWidth &
  ({ readonly change: 'slower' | 'faster' } | { readonly change: 'waiting'; readonly ms: number });

/** How much may be sent, who ends the waits, and who is told. */
export interface PacingWatch {
  /** The most requests that may be under way at one server, asked before each of them; else as many as are wanted. */
  readonly atMost?: () => number;
  /** Ends the longer waits of requests without a signal of their own. */
  readonly stop?: AbortSignal;
  readonly tell?: (change: PaceChange) => void;
}

/** The gate of one origin, shared by all workers; moments in milliseconds. */
interface Gate {
  readonly lane: Lane;
  /** The server wants no request before. */
  closedUntil: number;
  /** So many may leave before the server has told what is left; all of them where it tells no rate. */
  spare: number;
  /** Where none is to spare, the next request leaves then. */
  nextMoment: number;
  /** The time in which the server gives one request more. */
  spacingMs: number;
  inFlight: number;
  /** How many have left so far. */
  departed: number;
}

/**
 * Keeps to what a server can take, all workers together: waits out `Retry-After`, spaces the requests when few are left, so that none is refused, and sends
 * fewer at once while it is slow. Each request is sent once; a 429 goes back to the caller. A write that was answered 429 was refused before it was begun.
 */
export function withPacing(http: Http, clock: Clock, { atMost = () => Number.POSITIVE_INFINITY, stop, tell = () => undefined }: PacingWatch = {}): Http {
  const gates = new Map<string, Gate>();
  return {
    send(request) {
      const { origin, host } = new URL(request.url);
      const gate = gates.get(origin) ?? openGate(host, clock, atMost, tell);
      gates.set(origin, gate);
      return gate.lane.use(async () => {
        await pass(gate, clock, { signal: request.signal, stop });
        const { response, closedMs } = await exchange(gate, request, http, clock);
        if (closedMs >= TOLD_FROM_MS) tell({ host, change: 'waiting', ...gate.lane.width, ms: closedMs });
        return response;
      });
    },
  };
}

function openGate(host: string, clock: Clock, atMost: () => number, tell: NonNullable<PacingWatch['tell']>): Gate {
  const lane = new Lane(clock, atMost, (before, width) => tell({ host, change: width.limit < before ? 'slower' : 'faster', ...width }));
  return { lane, closedUntil: 0, spare: Number.POSITIVE_INFINITY, nextMoment: 0, spacingMs: 0, inFlight: 0, departed: 0 };
}

/** Looks again after each wait: another worker may have gone first, or the gate may have closed anew. */
async function pass(gate: Gate, clock: Clock, ends: WaitEnds): Promise<void> {
  for (;;) {
    const now = clock.now().getTime();
    const moment = Math.max(now, gate.closedUntil, gate.spare > 0 ? now : spacedMoment(gate, now));
    if (moment === now) return take(gate, now);
    await pause(clock, moment - now, ends);
  }
}

/** The answer to what is under way tells whether there is one left: only then does the next one leave. */
function spacedMoment({ nextMoment, inFlight, spacingMs }: Gate, now: number): number {
  return inFlight > 0 ? Math.max(nextMoment, now + spacingMs) : nextMoment;
}

/** At once, so that nobody else passes on the same knowledge. */
function take(gate: Gate, now: number): void {
  gate.spare = Math.max(0, gate.spare - 1);
  gate.nextMoment = now + gate.spacingMs;
  gate.inFlight += 1;
  gate.departed += 1;
}

/** Sends what has passed. */
async function exchange(gate: Gate, request: HttpRequest, http: Http, clock: Clock): Promise<{ response: HttpResponse; closedMs: number }> {
  const endedBefore = gate.departed - gate.inFlight;
  try {
    request.mayLeave?.();
    const departure = gate.lane.leave(request);
    const response = await answered(gate, departure, () => http.send(request));
    // Everybody who was under way at any time meanwhile may not have been counted yet when the server told what is left.
    return { response, closedMs: adjust(gate, response, gate.departed - endedBefore - 1, clock.now()) };
  } finally {
    gate.inFlight -= 1;
  }
}

async function answered({ lane }: Gate, departure: Departure, send: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    const response = await send();
    lane.arrived(departure, response.status);
    return response;
  } catch (thrown) {
    lane.failed(departure, thrown);
    throw thrown;
  }
}

/** Gives for how long an open gate was closed; 0 where it was closed already, or stays open. */
function adjust(gate: Gate, { status, headers }: HttpResponse, uncounted: number, now: Date): number {
  const rate = readRate(headers);
  if (rate !== undefined) {
    gate.spacingMs = capped(rate.intervalMs / rate.fill);
    gate.spare = Math.max(0, rate.remaining - uncounted - 1);
  }
  // An answer that tells no rate is to a request that is not counted, or from a server that tells its rate in refusals alone.
  else if (status !== 429) gate.spare = Number.POSITIVE_INFINITY;
  const closedMs = closedForMs(status, headers, rate, now);
  const wasOpen = gate.closedUntil <= now.getTime();
  gate.closedUntil = Math.max(gate.closedUntil, now.getTime() + closedMs);
  return wasOpen ? closedMs : 0;
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
