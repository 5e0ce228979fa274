import type { TokenUse } from './journal.ts';
import type { Change } from './plan-file.ts';
import { changeKey } from './plan-file.ts';
import type { StoredRun } from './ports.ts';

/** On what one object stands by the journals. */
export interface ObjectStanding {
  readonly change: Change;
  readonly run: string;
  readonly at: string;
  /** The token that was written last; undefined where it was no token (a rollback to an app password). */
  readonly token: TokenUse | undefined;
  /** A write whose end is not settled: the object may stand on `token` or still on what was there before. */
  readonly unsettled?: { readonly before: TokenUse | undefined };
}

/**
 * The latest word of the journals on each object, by its key. What was found unchanged, drifted or skipped stays as it was: nothing was written.
 * @param runs oldest first
 */
export function latestStandings(runs: readonly StoredRun[]): Map<string, ObjectStanding> {
  const standings = new Map<string, ObjectStanding>();
  for (const run of runs) follow(run, standings);
  return standings;
}

function follow({ run, plan, journal }: StoredRun, standings: Map<string, ObjectStanding>): void {
  const changes = new Map(plan.changes.map((change) => [changeKey(change), change]));
  let tokens: readonly TokenUse[] = [];
  for (const entry of journal) {
    if (entry.kind === 'started' || entry.kind === 'resumed') tokens = entry.tokens ?? tokens;
    if (entry.kind !== 'intent' && entry.kind !== 'outcome') continue;
    const change = changes.get(entry.key);
    if (change === undefined) continue;
    const known = standings.get(entry.key);
    const written = { change, run, at: entry.at, token: useOf(change, tokens) };
    if (entry.kind === 'intent') standings.set(entry.key, { ...written, unsettled: { before: known?.unsettled?.before ?? known?.token } });
    else if (entry.outcome.kind === 'changed') standings.set(entry.key, written);
  }
}

/** A journal of an older version tells the name alone, by the plan. */
function useOf({ after }: Change, tokens: readonly TokenUse[]): TokenUse | undefined {
  if (after.token === undefined) return undefined;
  return tokens.find(({ name }) => name === after.token) ?? { name: after.token, email: after.username, expires: '' };
}
