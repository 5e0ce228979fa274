import { daysUntil } from '../days.ts';
import type { JournalEntry } from '../journal.ts';
import type { TokenDays } from './report.ts';
import type { ReportParts } from './report-parts.ts';

/** The tokens that are written, soonest end first: as the run noted them, else as the configuration has them now. */
export function tokenDays({ plan, run, config, now }: ReportParts): TokenDays[] {
  const noted = notedTokens(run?.journal ?? []);
  const counts = new Map<string, number>();
  for (const { after } of plan.changes) if (after.token !== undefined) counts.set(after.token, (counts.get(after.token) ?? 0) + 1);
  const rows = [...counts].map(([name, changes]): TokenDays => {
    const configured = config !== undefined && Object.hasOwn(config.tokens, name) ? config.tokens[name] : undefined;
    const email = noted.get(name)?.email ?? configured?.email ?? plan.changes.find(({ after }) => after.token === name)?.after.username ?? '';
    const expires = noted.get(name)?.expires ?? configured?.expires ?? '';
    const days = daysUntil(now, expires);
    return { name, email, expires, daysLeft: Number.isNaN(days) ? null : days, changes };
  });
  return rows.sort((one, other) => (one.daysLeft ?? 0) - (other.daysLeft ?? 0) || (one.name < other.name ? -1 : 1));
}

function notedTokens(journal: readonly JournalEntry[]): ReadonlyMap<string, { readonly email: string; readonly expires: string }> {
  const noted = journal.flatMap((entry) => (entry.kind === 'started' || entry.kind === 'resumed' ? (entry.tokens ?? []) : []));
  return new Map(noted.map((token) => [token.name, token]));
}
