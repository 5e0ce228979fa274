import { daysUntil } from './days.ts';
import { fixedReleases } from './version-gate.ts';

/** One entry of the end-of-life calendar; days in UTC. */
interface CalendarEntry {
  readonly from: string;
  /** Last day, of what does not last. */
  readonly until?: string;
  readonly what: string;
}

/** Atlassian's published dates [D]. */
const CALENDAR: readonly CalendarEntry[] = [
  { from: '2025-09-09', what: 'Bitbucket Cloud makes no new app passwords' },
  {
    from: '2026-04-14',
    what: `Bitbucket Cloud answers its cross-workspace lists with 410 (CHANGE-2770); a form may say "Failed to load data from Bitbucket", on a fixed Bamboo too, although its checkout works`,
  },
  { from: '2026-06-09', until: '2026-07-27', what: 'app passwords fail at times (brownouts)' },
  { from: '2026-07-28', what: 'Bitbucket Cloud refuses every app password (CHANGE-3222): going back to one restores the setting, not the service' },
  {
    from: '2026-09-01',
    what: 'the first API tokens run out, made in the first rush and good for a year at most: a migrated repository can hold an expired one',
  },
];

/** The end-of-life calendar as lines, seen from today, and Bamboo's own fix releases. */
export function calendarLines(today: Date): string[] {
  return [...CALENDAR.map((entry) => lineOf(entry, today)), `API tokens work from Bamboo ${fixedReleases()} in their lines, and from 11.1 on (BAM-26156)`];
}

function lineOf({ from, until, what }: CalendarEntry, today: Date): string {
  const ahead = daysUntil(today, from);
  if (ahead > 0) return `from ${spell(from)} (in ${ahead} ${ahead === 1 ? 'day' : 'days'})${until === undefined ? '' : ` to ${spell(until)}`}: ${what}`;
  if (until === undefined) return `since ${spell(from)}: ${what}`;
  return `${spell(from)} to ${spell(until)}${daysUntil(today, until) < 0 ? ' (over)' : ' (now)'}: ${what}`;
}

function spell(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
}
