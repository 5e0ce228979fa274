import type { Config } from '../core/config.ts';
import { RekeyError, toRekeyError } from '../core/errors.ts';
import type { Change } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import { tokenError } from '../core/token-error.ts';
import { changedEmails, type FoundToken, judgeTokens, type TokenFinding } from '../core/token-set.ts';

/** A token that passed every check that asks nobody. */
export interface UsableToken {
  readonly name: string;
  readonly email: string;
  readonly expires: string;
  readonly secret: Secret;
}

/** Tokens after the checks that ask nobody. */
export interface LocalTokens {
  readonly usable: readonly UsableToken[];
  readonly findings: readonly TokenFinding[];
}

/** Follows the references of some tokens and judges them, all at once and before any network call. */
export async function findTokens(names: readonly string[], config: Config, runtime: Runtime): Promise<LocalTokens> {
  const found = await Promise.all(names.map((name) => findToken(name, config, runtime)));
  const known = found.filter((token) => token !== undefined);
  const findings = judgeTokens(known, runtime.clock.now());
  const refused = new Set(findings.filter(({ severity }) => severity === 'failed').map(({ token }) => token));
  const usable = known.flatMap(({ name, email, secret }) =>
    secret.kind === 'found' && !refused.has(name) ? [{ name, email, expires: config.tokens[name]?.expires ?? '', secret: secret.value }] : [],
  );
  return { usable, findings };
}

/**
 * The tokens that some changes need.
 * @throws RekeyError TOKEN_REFUSED | SECRET_UNREADABLE | PLAN_EMAIL_CHANGED that lists everything that is wrong
 */
export async function requireTokens(changes: readonly Change[], config: Config, runtime: Runtime): Promise<readonly UsableToken[]> {
  const names = [...new Set(changes.flatMap(({ after }) => after.token ?? []))];
  const { usable, findings } = await findTokens(names, config, runtime);
  for (const { token, message } of findings.filter(({ severity }) => severity === 'warning'))
    runtime.emit({ event: 'CHECK', check: `token:${token}`, status: 'warning', detail: message });
  const failed = [...changedEmails(changes, config), ...findings.filter(({ severity }) => severity === 'failed')];
  if (failed.length > 0) throw tokenError(failed, changes);
  return usable;
}

async function findToken(name: string, config: Config, runtime: Runtime): Promise<FoundToken | undefined> {
  const settings = Object.hasOwn(config.tokens, name) ? config.tokens[name] : undefined;
  if (settings === undefined) return undefined;
  const { email, expires } = settings;
  return { name, email, expires, secret: await readSecret(name, runtime) };
}

async function readSecret(name: string, runtime: Runtime): Promise<FoundToken['secret']> {
  try {
    return { kind: 'found', value: await runtime.tokenSecret(name), trimmed: await runtime.tokenTrimmed(name) };
  } catch (thrown) {
    const problem = toRekeyError(thrown);
    if (!(thrown instanceof RekeyError) || problem.code !== 'SECRET_UNREADABLE') throw problem;
    return { kind: 'unreadable', why: problem.message };
  }
}
