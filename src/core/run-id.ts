/** Stands for the newest run wherever one is named. */
export const LATEST = 'latest';

const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/;

/**
 * A run id from a moment and some random bytes: sortable by time, also for two runs of one second, and a valid name of a directory everywhere.
 * It sorts after the newest run even where the clock was set back meanwhile: "latest" and what stands on a token go by the order of the ids.
 */
export function runId(now: Date, random: Uint8Array, newest?: string): string {
  const noise = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const moment = new Date(Math.max(now.getTime(), momentOf(newest ?? '') + 1));
  return `${moment.toISOString().replaceAll(/[:.]/g, '-')}-${noise}`;
}

/** Minus infinity where the id tells no moment. */
function momentOf(id: string): number {
  const [, day, hours, minutes, seconds, ms] = MOMENT.exec(id) ?? [];
  const moment = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  return Number.isNaN(moment) ? Number.NEGATIVE_INFINITY : moment;
}
