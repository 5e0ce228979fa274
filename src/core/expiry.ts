import type { Config } from './config.ts';
import { daysUntil } from './days.ts';
import type { ExpiryRow } from './expiry-report.ts';
import type { TokenUse } from './journal.ts';
import type { StoredRun } from './ports.ts';
import { latestStandings, type ObjectStanding } from './token-standing.ts';

/** What the rows of one server are made from. */
export interface ExpiryInput {
  readonly config: Config;
  /** Runs on this server, oldest first. */
  readonly runs: readonly StoredRun[];
  readonly today: Date;
  readonly withinDays: number;
}

/** A token as configured or as written, with what stands on it. */
interface Stock {
  readonly use: Omit<TokenUse, 'id'>;
  readonly configured: boolean;
  readonly standings: { readonly standing: ObjectStanding; readonly tokenId?: string | undefined }[];
  unsettled: number;
}

/** One row for each configured token, and for each other one that objects still stand on; what runs out first comes first. */
export function expiryRows({ config, runs, today, withinDays }: ExpiryInput): ExpiryRow[] {
  const stocks = new Map<string, Stock>();
  for (const [name, { email, expires }] of Object.entries(config.tokens))
    stocks.set(stockKey({ name, expires }), { use: { name, email, expires }, configured: true, standings: [], unsettled: 0 });
  for (const standing of latestStandings(runs).values()) stand(standing, stocks, config);
  return [...stocks.values()].map((stock) => rowOf(stock, config.bamboo.url, today, withinDays)).sort(compareRows);
}

/** What ran out, or runs out first, comes first; a day that nobody stated may be today. */
export function compareRows(one: ExpiryRow, other: ExpiryRow): number {
  return (one.daysLeft ?? 0) - (other.daysLeft ?? 0) || (one.token < other.token ? -1 : 1);
}

/** A secret that was replaced under the same name ran out on another day: it is another token. */
function stockKey({ name, expires }: Pick<TokenUse, 'name' | 'expires'>): string {
  return JSON.stringify([name, expires]);
}

function stand(standing: ObjectStanding, stocks: Map<string, Stock>, config: Config): void {
  const { token, unsettled } = standing;
  if (token !== undefined) {
    const stock = stockOf(token, stocks, config);
    if (unsettled === undefined) stock.standings.push({ standing, tokenId: token.id });
    else stock.unsettled += 1;
  }
  if (unsettled?.before !== undefined) stockOf(unsettled.before, stocks, config).unsettled += 1;
}

function stockOf(token: TokenUse, stocks: Map<string, Stock>, config: Config): Stock {
  const configured = Object.hasOwn(config.tokens, token.name) ? config.tokens[token.name] : undefined;
  const { name, email } = token;
  const expires = token.expires === '' ? (configured?.expires ?? '') : token.expires;
  const stock = stocks.get(stockKey({ name, expires })) ?? { use: { name, email, expires }, configured: false, standings: [], unsettled: 0 };
  stocks.set(stockKey({ name, expires }), stock);
  return stock;
}

function rowOf({ use, configured, standings, unsettled }: Stock, server: string, today: Date, withinDays: number): ExpiryRow {
  const days = use.expires === '' ? Number.NaN : daysUntil(today, use.expires);
  const daysLeft = Number.isNaN(days) ? null : days;
  const changes = standings.map(({ standing }) => standing.change);
  return {
    server,
    token: use.name,
    email: use.email,
    expires: use.expires,
    daysLeft,
    state: daysLeft === null ? 'unknown' : daysLeft < 0 ? 'expired' : daysLeft <= withinDays ? 'soon' : 'ok',
    configured,
    repositories: changes.reduce((sum, { object, users }) => sum + (object === 'repository' ? 1 : (users?.length ?? 0)), 0),
    sharedCredentials: changes.filter(({ object }) => object === 'shared-credential').length,
    plans: changes.reduce((sum, { usedBy }) => sum + (usedBy?.plans ?? 0), 0),
    unsettled,
    writtenBy: writers(standings),
  };
}

/** The runs that wrote what stands there, the last one first. */
function writers(standings: Stock['standings']): ExpiryRow['writtenBy'] {
  const byRun = new Map<string, ExpiryRow['writtenBy'][number]>();
  for (const { standing, tokenId } of standings) {
    const { run, at } = standing;
    const known = byRun.get(run);
    const last = known === undefined || known.at < at ? at : known.at;
    byRun.set(run, { run, at: last, objects: (known?.objects ?? 0) + 1, ...(tokenId === undefined ? {} : { tokenId }) });
  }
  return [...byRun.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
}
