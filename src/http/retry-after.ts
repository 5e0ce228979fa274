/** However long a server asks us to wait: longer than this is not waited. */
const LONGEST_WAIT_MS = 300_000;

/**
 * What `Retry-After` asks for in milliseconds: seconds or a date; never longer than we wait.
 * Undefined when it is absent, unreadable, negative or past: then it names no wait.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  const wanted = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - serverTime(headers, now);
  return wanted > 0 ? capped(wanted) : undefined;
}

/** A date of the server counts by the server's own clock, where it tells the time. */
function serverTime(headers: Readonly<Record<string, string>>, now: Date): number {
  const told = Date.parse(headers.date ?? '');
  return Number.isNaN(told) ? now.getTime() : told;
}

/** Brings a wait into the span that we are ready to wait. */
export function capped(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS);
}
