import { RekeyError, toRekeyError } from '../core/errors.ts';
import { type ExpiryReport, type ExpiryRow, expiryRows } from '../core/expiry.ts';
import type { Runtime, StoredRun } from '../core/ports.ts';
import { loadRun } from './load-run.ts';

export type { ExpiryReport, ExpiryRow } from '../core/expiry.ts';

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
  for (const row of tokens) first.emit({ event: 'EXPIRY', ...row });
  for (const each of unread) first.emit({ event: 'UNREAD', ...each });
  return { format: 1, readAt: today.toISOString(), withinDays, tokens, unread };
}

/** Whether something that stands, or is to stand, on a token stops working soon. */
export function runsOutSoon({ tokens }: ExpiryReport): boolean {
  return tokens.some(({ state }) => state === 'soon' || state === 'expired');
}

/** Runs on one server, oldest first; a damaged one is told of and left out. */
async function readJournals(server: string, runtime: Runtime): Promise<{ readonly runs: StoredRun[]; readonly unread: Unread[] }> {
  const runs: StoredRun[] = [];
  const unread: Unread[] = [];
  for (const run of await (await runtime.store()).list()) {
    try {
      const { stored } = await loadRun(run, runtime);
      if (stored.plan.server.url === server) runs.push(stored);
    } catch (thrown) {
      const problem = toRekeyError(thrown);
      if (!(thrown instanceof RekeyError)) throw problem;
      unread.push({ what: `run ${run}`, why: problem.message });
    }
  }
  return { runs, unread };
}
