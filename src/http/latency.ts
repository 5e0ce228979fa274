import type { HttpRequest } from '../core/ports.ts';

/** What is known of the latency of one kind of request. */
export interface Baseline {
  /** The lowest latency seen, grown since then. */
  readonly ms: number;
  /** When it was seen or grew, in milliseconds. */
  readonly at: number;
}

/** What one latency says, and the baseline from now on. */
export interface LatencyVerdict {
  readonly slow: boolean;
  readonly baseline: Baseline;
}

/** An answer is slow beyond so many times the lowest latency of its kind … */
const SLOW_FACTOR = 2;
/** … and beyond so much more: small differences between fast answers say nothing. */
const SLOW_MARGIN_MS = 200;
/** In so long a baseline doubles: a server that stays slow is at last taken as it is. */
const DOUBLES_IN_MS = 300_000;

/** Refusals for the rate, and a server or proxy that cannot take more: slow, however quickly they come. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Compares the latency of an answer that came now with the lowest one seen among its like. */
export function judgeLatency(baseline: Baseline | undefined, ms: number, now: number): LatencyVerdict {
  const lowest = baseline === undefined ? ms : baseline.ms * 2 ** (Math.max(0, now - baseline.at) / DOUBLES_IN_MS);
  return { slow: ms > Math.max(lowest * SLOW_FACTOR, lowest + SLOW_MARGIN_MS), baseline: { ms: Math.min(ms, lowest), at: now } };
}

/** Whether the status alone says that the server has too much to do. */
export function isOverloaded(status: number): boolean {
  return OVERLOADED.has(status);
}

/** Requests that may be compared: a save takes longer than a page, and a redirect less than both. Ids and names are left out. */
export function requestKind({ method, url }: HttpRequest, status: number): string {
  const parts = new URL(url).pathname.split('/');
  const last = parts.at(-1) ?? '';
  return [method, status, parts.length, parts[1], /^[a-z][A-Za-z]*(\.action)?$/.test(last) ? last : '*'].join(' ');
}
