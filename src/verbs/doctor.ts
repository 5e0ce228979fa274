import { accessRows, type Holdings, whatMoreOpens } from '../core/access.ts';
import { calendarLines } from '../core/calendar.ts';
import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import type { DoctorReport } from '../core/doctor-report.ts';
import { endsEverything, type RekeyError, toRekeyError } from '../core/errors.ts';
import { type BuiltPlan, buildPlan } from '../core/plan-builder.ts';
import type { Runtime } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import { judgeVersion } from '../core/version-gate.ts';
import { assignedTargets, type ConfiguredTokens, readConfiguredTokens } from './assigned-tokens.ts';
import { captureForms, strangeForms } from './capture-forms.ts';
import { checkAccessToken, checkLogin } from './check-access.ts';
import { checkForms } from './check-forms.ts';
import { checkRules } from './check-rules.ts';
import { checkTokens } from './check-tokens.ts';
import { checkOldTokens } from './old-tokens.ts';
import { prove } from './prove.ts';
import { readServer, type ServerReading, withoutExports } from './read-server.ts';

/** How thoroughly is looked. */
export interface DoctorOptions {
  /** Git probes per token and workspace; all repositories unless told otherwise. */
  readonly sample?: number;
  /** Directory for the edit forms that were not understood, redacted. */
  readonly capture?: string;
  /** Proves the open routes on a scratch repository; then Bitbucket is asked nothing, and no other repository is read unless forms are captured. */
  readonly prove?: boolean;
}

/** Preflight: server, doors, rights and tokens; changes nothing but, for a proof, one repository of its own. @throws RekeyError only for a configuration that cannot be read */
export async function doctor(runtime: Runtime, options: DoctorOptions = {}): Promise<DoctorReport> {
  const config = await runtime.config();
  const examination = new Examination(config, runtime, options);
  await examination.all();
  return examination.report();
}

/** One part of the examination; the word names what failed. */
type Step = [check: string, act: () => Promise<void>];

class Examination {
  readonly #config: Config;
  readonly #runtime: Runtime;
  readonly #options: DoctorOptions;
  readonly #checks: Check[] = [];
  readonly #problems: RekeyError[] = [];
  #version = '';
  #patRights: Holdings['pat'];
  #loginWorks = false;
  #tokens: ConfiguredTokens = { usable: [], checks: [] };
  /** What the server holds, once that was read. */
  #held: { readonly readings: readonly Reading[]; readonly unread: number } | undefined;
  #proofExit = 0;
  #tokenReport: Pick<DoctorReport, 'matrix' | 'calls'> = {};

  constructor(config: Config, runtime: Runtime, options: DoctorOptions) {
    this.#config = config;
    this.#runtime = runtime;
    this.#options = options;
    this.#patRights = config.bamboo.rest === undefined ? 'none' : 'unknown';
  }

  /** Each step runs unless an earlier one was refused by the server: a refused credential is never tried twice. */
  async all(): Promise<void> {
    const steps: Step[] = [
      ['tokens', () => this.#localTokens()],
      ['server', () => this.#server()],
      ['access-token', () => this.#accessTokens()],
      ['login', () => this.#login()],
      ...(this.#options.prove === true ? this.#proof() : this.#questions()),
    ];
    for (const [check, step] of steps) {
      if (this.#problems.some(endsEverything)) return;
      await this.#attempt(check, step);
    }
    for (const line of calendarLines(this.#runtime.clock.now())) this.#note('calendar', 'ok', line);
  }

  #questions(): Step[] {
    return [
      ['repositories', () => this.#repositories()],
      ['tokens', () => this.#askTokens()],
      ['tokens', () => this.#oldTokens()],
    ];
  }

  #proof(): Step[] {
    const capture: Step[] = this.#options.capture === undefined ? [] : [['repositories', () => this.#repositories()]];
    return [...capture, ['prove', () => this.#prove()]];
  }

  report(): DoctorReport {
    const holdings = this.#holdings();
    const exit = this.#exit();
    const untold = this.#untold();
    const told =
      untold === undefined ? { access: accessRows(holdings, judgeVersion(this.#version)), more: whatMoreOpens(holdings) } : { untold, access: [], more: [] };
    return {
      checks: this.#checks,
      ...this.#tokenReport,
      workspaces: countWorkspaces(this.#held?.readings ?? []),
      have: describeHoldings(holdings),
      ...told,
      next: this.#next(exit),
      exit,
    };
  }

  async #server(): Promise<void> {
    const server = await (await this.#runtime.bamboo()).info(this.#runtime.stop);
    this.#version = server.version;
    this.#note('state', server.state === 'RUNNING' ? 'ok' : 'failed', `Bamboo at ${this.#config.bamboo.url} is ${server.state}`);
    const verdict = judgeVersion(server.version);
    if (verdict.kind === 'supported') this.#note('version', 'ok', `Bamboo ${server.version} takes API tokens`);
    if (verdict.kind === 'unsupported')
      this.#note(
        'version',
        'failed',
        `Bamboo ${server.version} does not take API tokens for Bitbucket Cloud repositories`,
        `Upgrade to ${verdict.nearestFix} or later.`,
      );
    if (verdict.kind === 'unreadable') this.#note('version', 'failed', `the version "${server.version}" cannot be read, and is never guessed`);
  }

  async #accessTokens(): Promise<void> {
    const { checks, rights } = await checkAccessToken(this.#config, this.#runtime);
    this.#patRights = rights;
    this.#noteAll(checks);
  }

  async #login(): Promise<void> {
    const { check, open } = await checkLogin(this.#config, this.#runtime);
    this.#noteAll([check]);
    this.#loginWorks = open;
  }

  async #repositories(): Promise<void> {
    if (!this.#canRead()) return this.#noteAll(checkRules(this.#config, [], []));
    const config = withoutExports(this.#config);
    const reading = await readServer(config, this.#runtime);
    const { readings, unread } = reading;
    const { plan, suggestions } = planOf(reading, config, this.#runtime);
    this.#noteAll(checkForms(reading, plan.summary));
    this.#noteAll(checkRules(config, readings, suggestions));
    const { capture } = this.#options;
    if (capture !== undefined) this.#noteAll(await captureForms(strangeForms(reading), capture, this.#runtime));
    this.#held = { readings, unread: unread.length };
  }

  /** Only on a server that runs, and that has refused nothing so far. */
  async #prove(): Promise<void> {
    if (this.#problems.length > 0 || this.#checks.some(({ check, status }) => check === 'state' && status === 'failed'))
      return this.#note('prove', 'failed', 'nothing was made: what failed above comes first');
    const access = { pat: this.#patRights, pages: this.#loginWorks };
    this.#proofExit = await prove(access, this.#config, this.#runtime, (check) => this.#noteAll([check]));
  }

  /** Types and user names stand in the edit forms, and in the documents that Bamboo exports into its home. */
  #canRead(): boolean {
    return this.#loginWorks || (this.#config.bamboo.login === undefined && this.#config.bamboo.home !== undefined);
  }

  /** What can be told of the tokens without asking anybody, before anybody is asked. */
  async #localTokens(): Promise<void> {
    this.#tokens = await readConfiguredTokens(this.#config, this.#runtime);
    this.#noteAll(this.#tokens.checks);
  }

  async #askTokens(): Promise<void> {
    if (this.#tokens.usable.length === 0) return;
    const targets = assignedTargets(this.#held?.readings ?? [], this.#config);
    const report = await checkTokens({ tokens: this.#tokens.usable, targets, sample: this.#options.sample }, this.#config, this.#runtime);
    this.#noteAll(report.checks);
    for (const why of report.unreachable.values()) this.#note('repository', 'warning', why);
    const { matrix, calls } = report;
    this.#tokenReport = { matrix, calls };
    this.#runtime.emit({ event: 'MATRIX', rows: [...matrix], calls: [...calls] });
  }

  async #oldTokens(): Promise<void> {
    if (this.#held === undefined || Object.keys(this.#config.tokens).length === 0) return;
    const assigned = new Set(assignedTargets(this.#held.readings, this.#config).keys());
    this.#noteAll(await checkOldTokens({ ...this.#held, assigned }, this.#config, this.#runtime));
  }

  async #attempt(check: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      const problem = toRekeyError(thrown);
      if (problem.exit === 1 && problem.code === 'INTERNAL') throw problem;
      if (problem.exit === 2 || problem.exit === 130) throw problem;
      this.#problems.push(problem);
      this.#note(check, 'failed', problem.message, problem.remedy);
    }
  }

  #holdings(): Holdings {
    const { rest, login, home, database } = this.#config.bamboo;
    return {
      pat: rest === undefined ? 'none' : this.#patRights,
      patOnPages: login === undefined && this.#loginWorks,
      login: login !== undefined && 'username' in login,
      session: login !== undefined && 'session' in login,
      home: home !== undefined,
      database: database !== undefined,
    };
  }

  /** Why it is not known what works: a table of what a refused credential would open misleads. */
  #untold(): string | undefined {
    if (this.#loginWorks) return undefined;
    const { rest, login } = this.#config.bamboo;
    const refusedAt = this.#problems.some(endsEverything) ? this.#checks.at(-1)?.check : undefined;
    if (refusedAt !== undefined) return refusedAt === 'login' || rest === undefined ? 'the login was refused' : 'the access token was refused';
    return login === undefined ? undefined : 'the login did not work';
  }

  #exit(): number {
    const refused = this.#problems.find(endsEverything) ?? this.#problems[0];
    if (refused !== undefined) return refused.exit;
    if (this.#proofExit !== 0) return this.#proofExit;
    return this.#checks.some((check) => check.status === 'failed') ? 4 : 0;
  }

  #next(exit: number): string {
    if (exit !== 0) return 'bamboo-rekey doctor   (after mending what failed above)';
    return this.#canRead() ? 'bamboo-rekey plan -o plan.json' : 'bamboo-rekey inventory';
  }

  #noteAll(checks: readonly Check[]): void {
    for (const { check, status, detail, remedy } of checks) this.#note(check, status, detail, remedy);
  }

  #note(check: string, status: Check['status'], detail: string, remedy?: string): void {
    const found: Check = { check, status, detail, ...(remedy === undefined ? {} : { remedy }) };
    this.#checks.push(found);
    this.#runtime.emit({ event: 'CHECK', ...found });
  }
}

/** What "plan" would make of it, without a selection. */
function planOf({ server, readings, unread }: ServerReading, config: Config, { clock, tool }: Runtime): BuiltPlan {
  return buildPlan({
    readings,
    config,
    selection: {},
    rotate: false,
    now: clock.now(),
    unread: unread.length,
    tool: tool.name,
    server: { url: config.bamboo.url, version: server.version },
  });
}

/** Those whose repositories hold a credential: the others need no token. */
function countWorkspaces(readings: readonly Reading[]): DoctorReport['workspaces'] {
  const counts = new Map<string, number>();
  for (const { item } of readings) {
    if (item.workspace !== undefined && !['ssh', 'none'].includes(item.credential.kind)) counts.set(item.workspace, (counts.get(item.workspace) ?? 0) + 1);
  }
  return [...counts].map(([workspace, repositories]) => ({ workspace, repositories })).sort((one, other) => other.repositories - one.repositories);
}

function describeHoldings({ pat, patOnPages, login, session, home, database }: Holdings): string {
  const parts = [
    pat === 'none' ? undefined : `${pat === 'read-only' ? 'read-only ' : ''}PAT${patOnPages === true ? ' that opens web pages' : ''}`,
    login ? 'login' : undefined,
    session ? 'session cookie' : undefined,
    home ? 'home' : undefined,
    database ? 'database' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' + ') || 'nothing';
}
