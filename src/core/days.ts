const DAY_MS = 86_400_000;

/** Whole days from today to a day written as YYYY-MM-DD, both in UTC; negative when it is over, NaN when it is no date. */
export function daysUntil(today: Date, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Math.floor(today.getTime() / DAY_MS) * DAY_MS) / DAY_MS);
}
