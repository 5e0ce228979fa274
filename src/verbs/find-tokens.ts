import type { Config } from '../core/config.ts';
import { RekeyError, toRekeyError } from '../core/errors.ts';
import type { Change } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import { tokenError } from '../core/token-error.ts';
import { changedEmails, type FoundToken, judgeTokens, sortFindings, type TokenFinding } from '../core/token-set.ts';

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

/** Names of the tokens that a run needs. */
type Needed = ReadonlySet<string>;

/** Follows the references of all tokens and judges them, all at once and before any network call. A token that is not needed is not typed for it. */
export async function findTokens(config: Config, runtime: Runtime, needed: Needed): Promise<LocalTokens> {
  const known = await Promise.all(Object.entries(config.tokens).map((entry) => findToken(entry, runtime, needed)));
  const findings = judgeTokens(known, runtime.clock.now());
  const refused = new Set(findings.filter(({ severity }) => severity === 'failed').map(({ token }) => token));
  const usable = known.flatMap(({ name, email, secret }) =>
    secret.kind === 'found' && !refused.has(name) ? [{ name, email, expires: config.tokens[name]?.expires ?? '', secret: secret.value }] : [],
  );
  return { usable, findings };
}

/**
 * The tokens that some changes need. All tokens are judged: what is wrong with the others is told.
 * @throws RekeyError TOKEN_REFUSED | SECRET_UNREADABLE | PLAN_EMAIL_CHANGED that lists everything that is wrong
 */
export async function requireTokens(changes: readonly Change[], config: Config, runtime: Runtime): Promise<readonly UsableToken[]> {
  const needed = new Set(changes.flatMap(({ after }) => after.token ?? []));
  const { usable, findings } = await findTokens(config, runtime, needed);
  const { fatal, worthSaying } = sortFindings(findings, needed);
  for (const finding of worthSaying) tell(finding, runtime, needed.has(finding.token) ? '' : ' This run does not need the token.');
  const failed = [...changedEmails(changes, config), ...fatal];
  if (failed.length > 0) throw tokenError(failed, changes);
  return usable.filter(({ name }) => needed.has(name));
}

/** Tells what is wrong with the tokens where nothing is written, so that none of it ends anything. */
export async function tellTokens(config: Config, runtime: Runtime): Promise<void> {
  for (const finding of (await findTokens(config, runtime, new Set())).findings) tell(finding, runtime, '');
}

function tell({ token, message }: TokenFinding, runtime: Runtime, more: string): void {
  runtime.emit({ event: 'CHECK', check: `token:${token}`, status: 'warning', detail: `${message}${more}` });
}

async function findToken([name, { email, expires, token }]: [string, Config['tokens'][string]], runtime: Runtime, needed: Needed): Promise<FoundToken> {
  const notAsked = 'stdin' in token && !needed.has(name);
  return { name, email, expires, secret: notAsked ? { kind: 'not-asked' } : await readSecret(name, runtime) };
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
