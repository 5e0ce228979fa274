import type { Config } from '../core/config.ts';
import { type Change, changeKey } from '../core/plan-file.ts';
import type { Bitbucket, Pair, Runtime, TokenAnswer } from '../core/ports.ts';
import { missingScopes } from '../core/scopes.ts';
import { checkTokenLocally } from '../core/token-check.ts';
import type { Check } from './check.ts';
import { inParallel } from './in-parallel.ts';

/** A repository that a token will have to reach. */
export type Target = Pick<Change, 'object' | 'id' | 'workspace' | 'slug'>;

/** What is known of the tokens before the first write. */
export interface TokenReport {
  readonly checks: readonly Check[];
  /** Token name -> why it must not be written anywhere. */
  readonly refused: ReadonlyMap<string, string>;
  /** Change key -> why its token can't reach this one repository. */
  readonly unreachable: ReadonlyMap<string, string>;
}

/** So many repositories of a workspace are tried before the workspace counts as out of reach. */
const PROBES = 3;

/** Checks each token that `targets` need: by itself, then its identity and scopes, then git once per workspace. Writes nothing. */
export async function checkTokens(targets: ReadonlyMap<string, readonly Target[]>, config: Config, runtime: Runtime): Promise<TokenReport> {
  const checker = new TokenChecker(config, runtime, await runtime.bitbucket());
  await inParallel([...targets], config.apply.concurrency, runtime.stop, ([name, list]) => checker.token(name, list));
  return checker;
}

class TokenChecker implements TokenReport {
  readonly checks: Check[] = [];
  readonly refused = new Map<string, string>();
  readonly unreachable = new Map<string, string>();
  readonly #config: Config;
  readonly #runtime: Runtime;
  readonly #bitbucket: Bitbucket;

  constructor(config: Config, runtime: Runtime, bitbucket: Bitbucket) {
    this.#config = config;
    this.#runtime = runtime;
    this.#bitbucket = bitbucket;
  }

  async token(name: string, targets: readonly Target[]): Promise<void> {
    const settings = this.#config.tokens[name];
    if (settings === undefined) return this.#refuse(name, `there is no token "${name}" under tokens`);
    const secret = await this.#runtime.tokenSecret(name);
    const problems = checkTokenLocally({ email: settings.email, value: secret, expires: settings.expires }, this.#runtime.clock.now());
    for (const problem of problems) this.#note(`token:${name}`, problem.severity, problem.message);
    const fatal = problems.filter((problem) => problem.severity === 'failed');
    if (fatal.length > 0) return this.#refuse(name, fatal.map((problem) => problem.message).join(' '));
    await this.#identity(name, { username: settings.email, secret });
    if (!this.refused.has(name)) await this.#workspaces(name, { username: settings.email, secret }, targets);
  }

  async #identity(name: string, pair: Pair): Promise<void> {
    const answer = await this.#bitbucket.identity(pair, this.#runtime.stop);
    if (answer.kind === 'bad') return this.#fail(name, answer);
    if (answer.kind === 'undecided') return this.#note(`token:${name}`, 'unknown', answer.why);
    const missing = missingScopes(answer.scopes ?? []);
    const required = missing.filter((scope) => scope.need === 'required');
    if (answer.scopes !== undefined && required.length > 0)
      return this.#fail(name, {
        kind: 'bad',
        why: `the token lacks the scope ${required.map((scope) => scope.scope).join(', ')}; a token's scopes are fixed: make a new one`,
      });
    for (const scope of answer.scopes === undefined ? [] : missing.filter((each) => each.need === 'expected'))
      this.#note(`token:${name}`, 'warning', `scope ${scope.scope} is missing: ${scope.why}`);
    this.#note(`token:${name}`, 'ok', `accepted for ${answer.account ?? pair.username}`);
  }

  async #workspaces(name: string, pair: Pair, targets: readonly Target[]): Promise<void> {
    const byWorkspace = new Map<string, Target[]>();
    for (const target of targets) byWorkspace.set(target.workspace, [...(byWorkspace.get(target.workspace) ?? []), target]);
    await inParallel([...byWorkspace], this.#config.apply.concurrency, this.#runtime.stop, ([workspace, list]) => this.#workspace(name, pair, workspace, list));
  }

  async #workspace(name: string, pair: Pair, workspace: string, targets: readonly Target[]): Promise<void> {
    const failures: [Target, string][] = [];
    for (const target of targets.slice(0, PROBES)) {
      const answer = await this.#bitbucket.probe(pair.secret, workspace, target.slug, this.#runtime.stop);
      if (answer.kind === 'good') {
        for (const [failed, why] of failures) this.unreachable.set(changeKey(failed), why);
        return this.#note(`workspace:${workspace}`, 'ok', `token "${name}" reads ${workspace}/${target.slug} by git`);
      }
      failures.push([target, `token "${name}" cannot reach ${workspace}/${target.slug}: ${answer.why}`]);
    }
    this.#fail(name, { kind: 'bad', why: `workspace ${workspace} is out of reach: ${failures[0]?.[1] ?? 'no repository to try'}` }, `workspace:${workspace}`);
  }

  #fail(name: string, answer: Extract<TokenAnswer, { kind: 'bad' }>, check = `token:${name}`): void {
    this.#note(check, 'failed', answer.why);
    this.#refuse(name, answer.why);
  }

  #refuse(name: string, why: string): void {
    this.refused.set(name, this.refused.has(name) ? `${this.refused.get(name)} ${why}` : why);
  }

  #note(check: string, status: Check['status'], detail: string): void {
    this.checks.push({ check, status, detail });
  }
}
