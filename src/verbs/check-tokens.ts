import { callsLeft, forecastCalls, forecastText, judgeForecast } from '../core/call-forecast.ts';
import type { Config } from '../core/config.ts';
import type { Bitbucket, CallCount, Pair, Runtime, TokenAnswer } from '../core/ports.ts';
import { missingScopes } from '../core/scopes.ts';
import { endsAsking, refusal, TOKEN_CAUSES, type TokenRefusal } from '../core/token-cause.ts';
import { checkWorkspace, type WorkspaceVisit } from './check-workspace.ts';
import type { UsableToken } from './find-tokens.ts';
import { TokenFindings, type TokenReport } from './token-findings.ts';
import type { Target } from './token-targets.ts';

/** What to ask, and how much. */
export interface TokenRequest {
  readonly tokens: readonly UsableToken[];
  /** Token name -> the repositories that it is to serve. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  /** Git probes per token and workspace; all repositories unless told otherwise. */
  readonly sample?: number | undefined;
  /** Token name -> what another process asked with it within this hour. */
  readonly earlier?: ReadonlyMap<string, CallCount> | undefined;
}

/** Names told of a long list. */
const NAMES_TOLD = 20;

/** Asks Bitbucket about each token: identity, scopes, workspaces, repositories, git. Writes nothing. */
export async function checkTokens(request: TokenRequest, config: Config, runtime: Runtime): Promise<TokenReport> {
  const checker = new TokenChecker(request, config, runtime, await runtime.bitbucket());
  for (const token of request.tokens) if (!runtime.stop.aborted) await checker.token(token);
  return checker.report();
}

class TokenChecker {
  readonly #request: TokenRequest;
  readonly #config: Config;
  readonly #runtime: Runtime;
  readonly #bitbucket: Bitbucket;
  readonly #findings = new TokenFindings();
  readonly #earlier: ReadonlyMap<string, CallCount>;
  #probes = 0;

  constructor(request: TokenRequest, config: Config, runtime: Runtime, bitbucket: Bitbucket) {
    this.#request = request;
    this.#config = config;
    this.#runtime = runtime;
    this.#bitbucket = bitbucket;
    this.#earlier = new Map([...(request.earlier ?? [])].filter(([name]) => !this.#hasAsked(name)));
  }

  /** Then this process has counted its earlier calls itself. */
  #hasAsked(name: string): boolean {
    return this.#request.tokens.some((token) => token.name === name && Object.values(this.#bitbucket.spent(token.secret)).some((calls) => calls > 0));
  }

  #spent({ name, secret }: UsableToken): CallCount {
    const own = this.#bitbucket.spent(secret);
    const earlier = this.#earlier.get(name);
    return { rest: own.rest + (earlier?.rest ?? 0), git: own.git + (earlier?.git ?? 0) };
  }

  report(): TokenReport {
    const { checks, refused, undecided, unreachable, matrix, ids } = this.#findings;
    const calls = this.#request.tokens.map((token) => ({ token: token.name, ...this.#spent(token) }));
    return { checks, refused, undecided, unreachable, matrix, ids, calls };
  }

  async token(token: UsableToken): Promise<void> {
    const groups = groupByWorkspace(this.#request.targets.get(token.name) ?? []);
    if (!this.#fits(token, groups)) return;
    const identity = await this.#identity(token);
    if (this.#findings.refused.has(token.name)) return;
    let restEnded = identity.kind !== 'good' && identity.cause !== 'gone' && endsAsking(identity) ? identity : undefined;
    const memberships = restEnded === undefined ? await this.#memberships(token) : undefined;
    for (const targets of groups) {
      if (this.#runtime.stop.aborted || this.#isHopeless(token.name)) return;
      const result = await checkWorkspace(this.#visit(token, targets, memberships, restEnded));
      restEnded ??= result.restEnded;
      this.#findings.workspace(token.name, result);
    }
  }

  /** After a refusal that concerns the token itself nothing more is asked with it [D]; one that concerns a workspace says nothing of the next. */
  #isHopeless(name: string): boolean {
    const refused = this.#findings.refused.get(name);
    return refused !== undefined && TOKEN_CAUSES[refused.cause].concerns !== 'workspace';
  }

  /** Says before the first call whether the calls fit. */
  #fits({ name, email }: UsableToken, groups: readonly (readonly Target[])[]): boolean {
    const forecast = forecastCalls(
      groups.map((targets) => targets.length),
      this.#request.sample,
    );
    const left = this.#left(email);
    const text = forecastText(forecast, left, this.#config.bitbucket);
    const fit = judgeForecast(forecast, left);
    if (fit === 'cannot-start') this.#findings.refuse(name, refusal('quota', text, 'Wait an hour, or lower bitbucket.reserve.'), `quota:${name}`);
    else this.#findings.note(`quota:${name}`, fit === 'fits' ? 'ok' : 'warning', text);
    return fit !== 'cannot-start';
  }

  /** The quota is one of the account, whichever of its tokens is used [D]. */
  #left(email: string): CallCount {
    const own = this.#request.tokens.filter((token) => token.email.toLowerCase() === email.toLowerCase()).map((token) => this.#spent(token));
    return callsLeft(this.#config.bitbucket, { rest: own.reduce((sum, { rest }) => sum + rest, 0), git: own.reduce((sum, { git }) => sum + git, 0) });
  }

  async #identity({ name, email, secret }: UsableToken): Promise<TokenAnswer> {
    const answer = await this.#bitbucket.identity({ username: email, secret }, this.#runtime.stop);
    if (answer.kind === 'good') {
      if (answer.tokenId !== undefined) this.#findings.ids.set(name, answer.tokenId);
      this.#scopes(name, answer.scopes);
      if (!this.#findings.refused.has(name)) this.#findings.note(`token:${name}`, 'ok', `accepted for ${answer.account ?? email}`);
    } else if (answer.kind === 'bad') this.#findings.refuse(name, answer);
    else this.#findings.doubt(name, answer);
    return answer;
  }

  #scopes(name: string, granted: readonly string[] | undefined): void {
    if (granted === undefined)
      return this.#findings.note(`token:${name}`, 'unknown', 'Bitbucket does not tell which scopes the token has; git shows whether it can read.');
    const missing = missingScopes(granted, this.#config.bitbucket.scopes);
    const required = missing.filter(({ need }) => need === 'required');
    if (required.length > 0)
      this.#findings.refuse(name, refusal('scope-missing', required.map(({ scope, why }) => `The token lacks the scope ${scope}: ${why}.`).join(' ')));
    for (const { scope, why } of missing.filter(({ need }) => need === 'expected'))
      this.#findings.note(`token:${name}`, 'warning', `scope ${scope} is missing: ${why}`);
  }

  /** Every name of each workspace that the token reaches; undefined where Bitbucket does not tell, or not all. */
  async #memberships({ name, email, secret }: UsableToken): Promise<ReadonlySet<string> | undefined> {
    const answer = await this.#bitbucket.workspaces({ username: email, secret }, this.#runtime.stop);
    if (answer.kind === 'listed' && answer.broken === undefined) {
      const slugs = answer.entries.map(({ slug }) => slug);
      const more = slugs.length > NAMES_TOLD ? ` and ${slugs.length - NAMES_TOLD} more` : '';
      this.#findings.note(
        `token:${name}`,
        'ok',
        slugs.length === 0 ? 'reaches no workspace' : `reaches these workspaces: ${slugs.slice(0, NAMES_TOLD).join(', ')}${more}`,
      );
      return new Set(answer.entries.flatMap(({ slug, uuid }) => [slug, uuid ?? slug]).map((each) => each.toLowerCase()));
    }
    const why = answer.kind === 'listed' ? answer.broken : answer;
    if (why?.kind === 'bad' && why.cause !== 'scope-missing') this.#findings.refuse(name, why);
    else this.#findings.note(`token:${name}`, 'unknown', `which workspaces it reaches could not be told: ${why?.why}`, why?.remedy);
    return undefined;
  }

  #visit(
    { name, email, secret }: UsableToken,
    targets: readonly Target[],
    memberships: ReadonlySet<string> | undefined,
    restEnded: TokenRefusal | undefined,
  ): WorkspaceVisit {
    const workspace = targets[0]?.workspace ?? '';
    return {
      bitbucket: this.#bitbucket,
      token: name,
      pair: { username: email, secret } satisfies Pair,
      workspace,
      targets,
      membership: memberships === undefined ? 'unknown' : memberships.has(workspace.toLowerCase()) ? 'listed' : 'absent',
      restEnded,
      sample: this.#request.sample,
      concurrency: this.#config.apply.concurrency,
      stop: this.#runtime.stop,
      left: () => this.#left(email),
      onProbe: () => this.#runtime.emit({ event: 'PROGRESS', phase: 'preflight', done: ++this.#probes }),
    };
  }
}

function groupByWorkspace(targets: readonly Target[]): Target[][] {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    const key = target.workspace.toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [target]);
    else group.push(target);
  }
  return [...groups.values()];
}
