import type { JournalEntry } from '../journal.ts';
import type { Report } from './report.ts';

/** More points make no better picture. */
const MOST_POINTS = 200;

/** How long each item took, from its last intent to its outcome. */
export function timesOf(journal: readonly JournalEntry[]): ReadonlyMap<string, { readonly ms: number }> {
  const begun = new Map<string, number>();
  const times = new Map<string, { ms: number }>();
  for (const entry of journal) {
    if (entry.kind === 'intent') begun.set(entry.key, Date.parse(entry.at));
    if (entry.kind !== 'outcome') continue;
    const start = begun.get(entry.key);
    if (start !== undefined) times.set(entry.key, { ms: Math.max(0, Date.parse(entry.at) - start) });
  }
  return times;
}

/** How many items had their outcome at which time, thinned to what a picture can show. */
export function progressOf(journal: readonly JournalEntry[]): Report['progress'] {
  const done = new Set<string>();
  const points = journal.flatMap((entry) => {
    if (entry.kind === 'started') return [{ at: entry.at, done: 0 }];
    if (entry.kind !== 'outcome') return [];
    done.add(entry.key);
    return [{ at: entry.at, done: done.size }];
  });
  const step = Math.ceil(points.length / (MOST_POINTS - 1));
  return points.filter((_point, index) => index % step === 0 || index === points.length - 1);
}
