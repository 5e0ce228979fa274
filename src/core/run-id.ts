/** Stands for the newest run wherever one is named. */
export const LATEST = 'latest';

/** A run id from a moment and some random bytes: sortable by time, also for two runs of one second, and a valid name of a directory everywhere. */
export function runId(now: Date, random: Uint8Array): string {
  const noise = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${now.toISOString().replaceAll(/[:.]/g, '-')}-${noise}`;
}
