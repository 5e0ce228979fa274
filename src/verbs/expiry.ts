import { compareRows, expiryRows } from '../core/expiry.ts';
import type { ExpiryReport, ExpiryRow } from '../core/expiry-report.ts';
import type { Runtime } from '../core/ports.ts';
import { readJournals } from './read-journals.ts';

/** What counts as soon. */
export interface ExpiryOptions {
  /** So many days ahead count as soon. */
  readonly withinDays: number;
}

type Unread = ExpiryReport['unread'][number];

/**
 * Which tokens run out when and what stands on them: from the configurations and the journals, asking nobody.
 * @param servers one runtime per configuration; the first one tells the events
 */
export async function expiry({ withinDays }: ExpiryOptions, servers: readonly [Runtime, ...Runtime[]]): Promise<ExpiryReport> {
  const [first] = servers;
  const today = first.clock.now();
  const tokens: ExpiryRow[] = [];
  const unread: Unread[] = [];
  for (const server of servers) {
    const config = await server.config();
    const journals = await readJournals(config.bamboo.url, server);
    tokens.push(...expiryRows({ config, runs: journals.runs, today, withinDays }));
    unread.push(...journals.unread);
  }
  tokens.sort(compareRows);
  for (const row of tokens) first.emit({ event: 'EXPIRY', ...row });
  for (const each of unread) first.emit({ event: 'UNREAD', ...each });
  return { format: 1, readAt: today.toISOString(), withinDays, tokens, unread };
}

/** Whether something that stands, or is to stand, on a token stops working soon. */
export function runsOutSoon({ tokens }: ExpiryReport): boolean {
  return tokens.some(({ state }) => state === 'soon' || state === 'expired');
}
