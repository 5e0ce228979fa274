import { RekeyError, toRekeyError } from '../core/errors.ts';
import type { Unread } from '../core/inventory.ts';
import type { Runtime, StoredRun } from '../core/ports.ts';
import { loadRun } from './load-run.ts';

/** The runs of one server, oldest first, and those that can't be read. */
export interface Journals {
  readonly runs: readonly StoredRun[];
  readonly unread: readonly Unread[];
}

/** Reads every run on a server from the state directory; a damaged one is told of and left out. */
export async function readJournals(server: string, runtime: Runtime): Promise<Journals> {
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
