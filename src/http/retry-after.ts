/** However long a server asks us to wait: longer than this is not waited. */
const LONGEST_WAIT_MS = 300_000;

/** What `Retry-After` asks for in milliseconds: seconds or a date; never negative, never longer than we wait; undefined when absent or unreadable. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  const wanted = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(wanted) ? undefined : capped(wanted);
}

/** Brings a wait into the span that we are ready to wait. */
export function capped(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS);
}
