import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import type { Runtime } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import { judgeRevocable, type OldToken } from '../core/revocable.ts';
import { latestStandings, type ObjectStanding } from '../core/token-standing.ts';
import { readJournals } from './read-journals.ts';

/** What the server holds, and which tokens the rules still give to something. */
export interface OldTokenSearch {
  readonly readings: readonly Reading[];
  readonly unread: number;
  readonly assigned: ReadonlySet<string>;
}

/** Says of each token that nothing is assigned to any more, and of each one that was replaced, whether it can be revoked. */
export async function checkOldTokens({ readings, unread, assigned }: OldTokenSearch, config: Config, runtime: Runtime): Promise<Check[]> {
  const journals = await readJournals(config.bamboo.url, runtime);
  const standings = latestStandings(journals.runs);
  const input = { standings, readings, unread: unread + journals.unread.length };
  return oldTokens(standings, assigned, config).map((token) => checkOf(token, judgeRevocable(token, input)));
}

/** Only a token that once was written has something to be revoked for. */
function oldTokens(standings: ReadonlyMap<string, ObjectStanding>, assigned: ReadonlySet<string>, config: Config): OldToken[] {
  const idle = Object.entries(config.tokens)
    .filter(([name]) => !assigned.has(name))
    .map(([name, { email, expires }]): OldToken => ({ name, email, expires }));
  const written = [...standings.values()].flatMap(({ token, unsettled }) => [token, unsettled?.before]).filter((use) => use !== undefined);
  const replaced = written.filter(({ name, expires }) => expires !== '' && config.tokens[name]?.expires !== expires);
  return [...new Map([...idle, ...replaced].map((token) => [JSON.stringify([token.name, token.expires]), token])).values()];
}

function checkOf({ name, expires }: OldToken, verdict: ReturnType<typeof judgeRevocable>): Check {
  const check = `token:${name}`;
  const what = `the token "${name}" that runs out on ${expires}`;
  switch (verdict.kind) {
    case 'revocable':
      return { check, status: 'ok', detail: `nothing stands on ${what} any more: on this server it is revocable` };
    case 'in-use':
      return {
        check,
        status: 'warning',
        detail: `${verdict.objects} object(s) still stand on ${what}: do not revoke it`,
        remedy: 'Move them with "bamboo-rekey plan --rotate".',
      };
    case 'unproven':
      return {
        check,
        status: 'warning',
        detail: `it is not proven that nothing stands on ${what}. ${verdict.why}`,
        remedy: 'Do not revoke it before each of these is settled: with "bamboo-rekey resume RUN", or by hand.',
      };
  }
}
