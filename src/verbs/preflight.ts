import type { Config } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { TokenUse } from '../core/journal.ts';
import type { ServerInfo } from '../core/model.ts';
import type { Change } from '../core/plan-file.ts';
import type { Bamboo, CallCount, Runtime } from '../core/ports.ts';
import { needsTokenSupport } from '../core/sides.ts';
import { refusalText } from '../core/token-cause.ts';
import { tokenError } from '../core/token-error.ts';
import { judgeVersion } from '../core/version-gate.ts';
import { checkTokens } from './check-tokens.ts';
import { closedPages } from './closed-pages.ts';
import type { UsableToken } from './find-tokens.ts';
import type { TestScope } from './pace.ts';
import { requireImportRight } from './require-import-right.ts';
import { requireTestRight } from './require-test-right.ts';
import type { TokenReport } from './token-findings.ts';
import { targetsOf } from './token-targets.ts';

/** What is about to be written. */
export interface PreflightRequest {
  readonly changes: readonly Change[];
  /** The tokens that the changes need, checked as far as that asks nobody. */
  readonly tokens: readonly UsableToken[];
  /** Which items get Bamboo's own connection test. */
  readonly test: TestScope;
  /** Git probes per token and workspace; all repositories unless told otherwise. */
  readonly sample?: number;
  /** Token name -> what an earlier part of the run asked with it within this hour. */
  readonly earlier?: ReadonlyMap<string, CallCount> | undefined;
}

/** What preflight leaves for the run to know. */
export interface PreflightReport {
  readonly server: ServerInfo;
  /** Change key -> why its token can't reach this one repository. */
  readonly unreachable: ReadonlyMap<string, string>;
  readonly tokens: readonly TokenUse[];
}

/**
 * Everything that must hold before the first write: version, server state, login, and each token that would be written.
 * @throws RekeyError of exit 4 (refused) or 7 (login)
 */
export async function preflight(request: PreflightRequest, config: Config, runtime: Runtime): Promise<PreflightReport> {
  const { changes, tokens, test, sample, earlier } = request;
  runtime.emit({ event: 'PHASE', phase: 'preflight' });
  const bamboo = await runtime.bamboo();
  const server = await bamboo.info(runtime.stop);
  requireRunning(server);
  if (changes.some(needsTokenSupport)) requireVersion(server);
  if (changes.some(needsPages)) runtime.emit({ event: 'CHECK', check: 'login', status: 'ok', detail: await bamboo.login(runtime.stop) });
  await requireImportRight(changes, bamboo, runtime.stop);
  const report = await checkTokens({ tokens, targets: targetsOf(changes), sample, earlier }, config, runtime);
  for (const check of report.checks) runtime.emit({ event: 'CHECK', ...check });
  if (report.matrix.length > 0) runtime.emit({ event: 'MATRIX', rows: [...report.matrix], calls: [...report.calls] });
  requireTokensToWork(report, changes, report.undecided.size === 0 ? undefined : await untested(test, bamboo, runtime.stop));
  if (test !== 'none') await requireTestRight(changes, bamboo);
  return { server, unreachable: report.unreachable, tokens: tokens.map((token) => tokenUse(token, report)) };
}

/** A shared credential of the whole server is written by its form, one of a project by import; a twin is made by import, and removed on a web page. */
function needsPages({ object, route, level, after }: Change): boolean {
  return route === 'form' || (route === 'shared-credential' && level === 'global') || (object === 'twin' && after.credential === 'none');
}

/** @throws RekeyError SERVER_NOT_RUNNING */
function requireRunning(server: ServerInfo): void {
  if (server.state !== 'RUNNING') throw new RekeyError('SERVER_NOT_RUNNING', `Bamboo is in state ${server.state}, not RUNNING.`);
}

/** @throws RekeyError VERSION_UNSUPPORTED | VERSION_UNREADABLE */
function requireVersion(server: ServerInfo): void {
  const verdict = judgeVersion(server.version);
  if (verdict.kind === 'unreadable') throw new RekeyError('VERSION_UNREADABLE', `Bamboo calls its version "${server.version}", which cannot be read.`);
  if (verdict.kind === 'unsupported')
    throw new RekeyError(
      'VERSION_UNSUPPORTED',
      `Bamboo ${server.version} does not take API tokens for Bitbucket Cloud repositories; the nearest release that does is ${verdict.nearestFix}.`,
    );
}

const PROOF_ADVICE =
  "Run this where Bitbucket can be asked, or let Bamboo's own connection test decide: with a login under bamboo.login, and without --test none.";

/** Why Bamboo's own connection test will not decide about a token; undefined where it will. */
async function untested(test: TestScope, bamboo: Bamboo, signal: AbortSignal): Promise<string | undefined> {
  if (test === 'none') return "--test none leaves out Bamboo's own connection test, which would.";
  const closed = await closedPages(bamboo, signal);
  return closed === undefined ? undefined : "Bamboo's own connection test, which would, is asked through an edit form, and those can't be read.";
}

/** What nothing proves from here, Bamboo's own connection test decides; where there is none, it is refused. @throws RekeyError TOKEN_REFUSED */
function requireTokensToWork({ refused, undecided }: TokenReport, changes: readonly Change[], noTest: string | undefined): void {
  const unproven = noTest === undefined ? [] : [...undecided].filter(([name]) => !refused.has(name));
  const reasons = [
    ...[...refused].map(([token, why]) => ({ token, message: refusalText(why) })),
    ...unproven.map(([token, why]) => ({ token, message: `${refusalText(why)} Nothing proves that it works: ${noTest}`, advice: PROOF_ADVICE })),
  ];
  if (reasons.length > 0)
    throw tokenError(
      reasons.map((reason) => ({ ...reason, severity: 'failed', code: 'TOKEN_REFUSED' })),
      changes,
    );
}

function tokenUse({ name, email, expires }: UsableToken, { ids, calls }: TokenReport): TokenUse {
  const id = ids.get(name);
  const asked = calls.find(({ token }) => token === name);
  return { name, email, expires, ...(id === undefined ? {} : { id }), ...(asked === undefined ? {} : { calls: { rest: asked.rest, git: asked.git } }) };
}
