import type { Config } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import type { ServerInfo } from '../core/model.ts';
import type { Change } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { needsTokenSupport } from '../core/sides.ts';
import { judgeVersion } from '../core/version-gate.ts';
import { checkTokens, type TokenReport } from './check-tokens.ts';

/** What preflight leaves for the run to know. */
export interface PreflightReport {
  /** Change key -> why its token can't reach this one repository. */
  readonly unreachable: ReadonlyMap<string, string>;
}

/**
 * Everything that must hold before the first write: version, server state, login, and each token that would be written.
 * @throws RekeyError of exit 4 (refused) or 7 (login)
 */
export async function preflight(changes: readonly Change[], config: Config, runtime: Runtime): Promise<PreflightReport> {
  runtime.emit({ event: 'PHASE', phase: 'preflight' });
  const bamboo = await runtime.bamboo();
  const server = await bamboo.info(runtime.stop);
  requireRunning(server);
  if (changes.some(needsTokenSupport)) requireVersion(server);
  if (changes.some((change) => change.route === 'form'))
    runtime.emit({ event: 'CHECK', check: 'login', status: 'ok', detail: await bamboo.login(runtime.stop) });
  const report = await checkTokens(targetsByToken(changes), config, runtime);
  for (const check of report.checks) runtime.emit({ event: 'CHECK', ...check });
  if (report.refused.size > 0) throw refusal(changes, report);
  return { unreachable: report.unreachable };
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

function targetsByToken(changes: readonly Change[]): Map<string, Change[]> {
  const targets = new Map<string, Change[]>();
  for (const change of changes) {
    const name = change.after.token;
    if (name !== undefined) targets.set(name, [...(targets.get(name) ?? []), change]);
  }
  return targets;
}

/** Names every refused token with its cause, and the selection that leaves them out. */
function refusal(changes: readonly Change[], report: TokenReport): RekeyError {
  const causes = [...report.refused].map(([name, why]) => `Token "${name}": ${why}`);
  return new RekeyError('TOKEN_REFUSED', `${causes.join(' ')} Nothing was written.`, {
    remedy: `Correct the token, or leave out what needs it: ${selectionWithout(changes, report)}`,
  });
}

function selectionWithout(changes: readonly Change[], report: TokenReport): string {
  const isBad = (change: Change): boolean => change.after.token !== undefined && report.refused.has(change.after.token);
  const bad = new Set(changes.filter(isBad).map((change) => change.workspace));
  const good = [...new Set(changes.filter((change) => !isBad(change)).map((change) => change.workspace))].filter((workspace) => !bad.has(workspace)).sort();
  if (good.length > 0) return good.map((workspace) => `--workspace ${workspace}`).join(' ');
  const badProjects = new Set(changes.filter(isBad).map((change) => change.project));
  const projects = [...new Set(changes.filter((change) => !isBad(change) && change.project !== undefined).map((change) => change.project))]
    .filter((project) => !badProjects.has(project))
    .sort();
  if (projects.length > 0) return projects.map((project) => `--project ${project}`).join(' ');
  return 'everything in this plan that could be selected needs it.';
}
