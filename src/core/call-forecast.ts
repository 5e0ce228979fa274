import type { Config } from './config.ts';
import type { JournalEntry } from './journal.ts';
import type { CallCount } from './ports.ts';

/** Whether a check fits into what is left of the quota. `probes-cut`: the git probes that don't fit are left out; `cannot-start`: not even the first questions fit. */
export type Fit = 'fits' | 'probes-cut' | 'cannot-start';

const PAGE = 100;
const HOUR_MS = 3_600_000;
/** Identity and workspaces. */
const FIRST_CALLS = 2;

/**
 * The least number of calls: identity, workspaces, one sweep per workspace, and a probe for each repository (or for `sample` of each workspace).
 * @param repositories how many there are to ask about, by workspace
 */
export function forecastCalls(repositories: readonly number[], sample?: number): CallCount {
  const pages = repositories.reduce((sum, each) => sum + Math.max(1, Math.ceil(each / PAGE)), 0);
  return { rest: FIRST_CALLS + pages, git: repositories.reduce((sum, each) => sum + Math.min(each, sample ?? each), 0) };
}

/** What may still be asked this hour, with the reserve left to Bamboo. */
export function callsLeft({ quota, reserve }: Config['bitbucket'], spent: CallCount): CallCount {
  const share = 1 - reserve / 100;
  return { rest: Math.max(0, Math.floor(quota.rest * share) - spent.rest), git: Math.max(0, Math.floor(quota.git * share) - spent.git) };
}

/** What an earlier process asked with each token for this run, as far as the rolling hour still holds it. */
export function callsBefore(journal: readonly JournalEntry[], now: Date): ReadonlyMap<string, CallCount> {
  const last = journal.findLast((entry) => entry.kind === 'started' || entry.kind === 'resumed');
  if (last === undefined || now.getTime() - Date.parse(last.at) >= HOUR_MS) return new Map();
  return new Map((last.tokens ?? []).flatMap(({ name, calls }) => (calls === undefined ? [] : [[name, calls] as const])));
}

/** Compares a forecast with what is left. */
export function judgeForecast(forecast: CallCount, left: CallCount): Fit {
  if (forecast.rest > left.rest || (forecast.git > 0 && left.git === 0)) return 'cannot-start';
  return forecast.git > left.git ? 'probes-cut' : 'fits';
}

const figure = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

/** A forecast as people read it: "1,200 probes, 12 API calls: fits". */
export function forecastText(forecast: CallCount, left: CallCount, { reserve }: Config['bitbucket']): string {
  const calls = `${figure(forecast.git)} probe${forecast.git === 1 ? '' : 's'}, ${figure(forecast.rest)} API call${forecast.rest === 1 ? '' : 's'}`;
  const room = `${figure(left.git)} and ${figure(left.rest)} are left this hour, ${reserve} % of the quota being kept for Bamboo's own polling`;
  switch (judgeForecast(forecast, left)) {
    case 'fits':
      return `${calls}: fits (${room})`;
    case 'probes-cut':
      return `${calls}: only ${figure(left.git)} probes fit (${room}); the others are left out`;
    case 'cannot-start':
      return `${calls}: does not fit (${room}); nothing was asked`;
  }
}
