import { assignShared, assignToken } from '../core/assign.ts';
import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import type { Runtime } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import { findUsers } from '../core/shared-users.ts';
import { findTokens, type UsableToken } from './find-tokens.ts';
import { type Target, TargetCollection } from './token-targets.ts';

/** The tokens of the configuration after the checks that ask nobody. */
export interface ConfiguredTokens {
  readonly usable: readonly UsableToken[];
  readonly checks: readonly Check[];
}

/** Checks every configured token without asking anybody. */
export async function readConfiguredTokens(config: Config, runtime: Runtime): Promise<ConfiguredTokens> {
  const names = Object.keys(config.tokens);
  if (names.length === 0)
    return { usable: [], checks: [{ check: 'tokens', status: 'warning', detail: 'no tokens are configured; Bitbucket was asked nothing' }] };
  const { usable, findings } = await findTokens(config, runtime, new Set(names));
  return { usable, checks: findings.map(({ token, severity, message }) => ({ check: `token:${token}`, status: severity, detail: message })) };
}

/** What each token would have to reach by the rules, whether or not there is anything left to change. */
export function assignedTargets(readings: readonly Reading[], config: Config): Map<string, Target[]> {
  const collected = new TargetCollection();
  const sharedTokens = tokensOfShared(readings, config);
  for (const { item, gitUrl } of readings) {
    const { object, id, workspace, slug, credential } = item;
    if (object !== 'repository' || workspace === undefined || slug === undefined || (gitUrl !== undefined && gitUrl.kind !== 'https')) continue;
    const shared = credential.kind === 'shared' ? credential.shared?.id : undefined;
    const token = shared === undefined ? inlineToken(item, config) : sharedTokens.get(shared);
    if (token !== undefined) collected.add(token, workspace, slug, `${object}:${id}`);
  }
  return collected.targets();
}

function inlineToken(item: Reading['item'], config: Config): string | undefined {
  const holdsPair = item.credential.kind === 'app-password' || item.credential.kind === 'api-token';
  return holdsPair ? assignToken(config.assign, item)?.token : undefined;
}

/** Id of a shared credential -> the token that the rules give it. */
function tokensOfShared(readings: readonly Reading[], config: Config): Map<string, string> {
  const users = findUsers(readings);
  const tokens = new Map<string, string>();
  for (const { item } of readings) {
    if (item.object !== 'shared-credential') continue;
    const assignment = assignShared(
      config.assign,
      item,
      (users.get(item.id) ?? []).map((user) => user.item),
    );
    if (assignment.kind === 'assigned') tokens.set(item.id, assignment.token);
  }
  return tokens;
}
