import { hostname } from 'node:os';
import { Writable } from 'node:stream';
import type { z } from 'zod';
import type { Config, SecretReference } from './core/config.ts';
import type { DoctorReport } from './core/doctor-report.ts';
import type { RunEvent } from './core/events.ts';
import type { ExpiryReport } from './core/expiry-report.ts';
import type { Inventory } from './core/inventory.ts';
import type { PlanFile } from './core/plan-file.ts';
import type { PlanResult } from './core/plan-result.ts';
import type { Runtime } from './core/ports.ts';
import type { Report } from './core/report/report.ts';
import type { RunResult } from './core/run-result.ts';
import type { RunDetails, RunSummary } from './core/run-summary.ts';
import { Secret } from './core/secret.ts';
import { packageVersion } from './package-files.ts';
import { createRuntime, type Overrides } from './runtime.ts';
import type { ApplyOptions } from './verbs/apply.ts';
import type { DiagnoseOptions, DiagnoseResult } from './verbs/diagnose.ts';
import type { DoctorOptions } from './verbs/doctor.ts';
import type { ExpiryOptions } from './verbs/expiry.ts';
import type { InventoryOptions } from './verbs/inventory.ts';
import type { PlanOptions } from './verbs/plan.ts';
import type { ReportOptions } from './verbs/report.ts';
import type { ResumeOptions } from './verbs/resume.ts';
import type { RollbackOptions } from './verbs/rollback.ts';
import type { VerifyOptions } from './verbs/verify.ts';

/** The same shape, with secrets themselves allowed where references to them stand. */
export type WithSecrets<T> = T extends SecretReference ? T | Secret : T extends object ? { readonly [K in keyof T]: WithSecrets<T[K]> } : T;

/** The settings of `bamboo-rekey.yaml` as an object; what has a default may be left out. */
export type ConfigInput = WithSecrets<z.input<typeof Config>>;

/** What a program decides about its migrator beside the configuration. */
export interface MigratorOverrides extends Omit<Overrides, 'readConfig'> {
  /** Hears every event as it happens, without secrets. It must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Where relative paths start; else the current directory. */
  readonly directory?: string;
  /** Where runs are kept; else `.bamboo-rekey` beside the configuration. */
  readonly stateDirectory?: string;
  /** The variables that references name; else those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted: nothing more is started, and what is in flight ends. */
  readonly stop?: AbortSignal;
  /** Answers the question after the canary; without it, writing needs `yes: true`. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** Options of a verb, where these may be left out. */
export type Defaulted<Options, Left extends keyof Options> = Omit<Options, Left> & Partial<Pick<Options, Left>>;

/** Everything that can be done with one server. Each verb rejects with a `RekeyError` when it cannot be carried out at all. */
export interface Migrator {
  /** Checks the server, the doors, the rights and the tokens; changes nothing. */
  doctor(options?: DoctorOptions): Promise<DoctorReport>;
  /** Lists what can hold a Bitbucket Cloud credential, and what could not be read. */
  inventory(options?: Partial<InventoryOptions>): Promise<Inventory>;
  /** The dry run: what would change, what is left alone and why. */
  plan(options?: Partial<PlanOptions>): Promise<PlanResult>;
  /** Saves a plan for `apply`, to a path. */
  savePlan(path: string, plan: PlanFile): Promise<void>;
  /** Carries out a saved plan. */
  apply(options: Defaulted<ApplyOptions, 'onError' | 'test' | 'yes' | 'selection'>): Promise<RunResult>;
  /** Goes on with a run after a crash or an interrupt. */
  resume(options: Defaulted<ResumeOptions, 'onError' | 'test' | 'yes'>): Promise<RunResult>;
  /** Reads back what a plan or a run wanted, with Bamboo's own connection tests. */
  verify(options: Defaulted<VerifyOptions, 'test' | 'selection'>): Promise<RunResult>;
  /** The plan that would restore what a run changed; writes nothing. */
  previewRollback(options: Defaulted<RollbackOptions, 'onError' | 'test' | 'yes' | 'selection'>): Promise<PlanFile>;
  /** Restores what a run changed, where the server still holds what the run wrote. */
  rollback(options: Defaulted<RollbackOptions, 'onError' | 'test' | 'yes' | 'selection'>): Promise<RunResult>;
  /** Past runs and their state, oldest first. */
  runs(): Promise<RunSummary[]>;
  /** One run with every item. */
  show(run: string): Promise<RunDetails>;
  /** Which tokens run out when, and what stands on them; asks no server. */
  expiry(options?: Partial<ExpiryOptions>): Promise<ExpiryReport>;
  /** A plan file or a run as a document, with the evidence that no secret leaked; asks no server. */
  report(options: ReportOptions): Promise<Report>;
  /** Recognises the known failures in Bamboo's logs; asks no server. */
  diagnose(options: DiagnoseOptions): Promise<DiagnoseResult>;
}

/** dist/index.js and src/migrator.ts both stand one level below the package. */
const HOME = new URL('../', import.meta.url);
/** How messages call a configuration that is no file. */
const GIVEN = 'the configuration given';
/** The defaults of the command line. */
const PACE = { onError: 'continue', test: 'sample', yes: false } as const;
const USUAL_DAYS = 30;

/**
 * The verbs for one server, from a configuration as an object or by the path of its file. Prints nothing; nothing is read before a verb asks for it.
 * @param overrides what the program decides beside the configuration
 */
export function createMigrator(config: string | ConfigInput, overrides: MigratorOverrides = {}): Migrator {
  let opened: Promise<Runtime> | undefined;
  const runtime = (): Promise<Runtime> => {
    opened ??= openRuntime(config, overrides);
    return opened;
  };
  const selecting = { ...PACE, selection: {} };
  return {
    doctor: async (options) => (await import('./verbs/doctor.ts')).doctor(await runtime(), options),
    inventory: async (options) => (await import('./verbs/inventory.ts')).inventory({ selection: {}, ...options }, await runtime()),
    plan: async (options) => (await import('./verbs/plan.ts')).plan({ selection: {}, rotate: false, ...options }, await runtime()),
    savePlan: async (path, plan) => (await runtime()).documents.write(path, (await import('./core/plan-codec.ts')).encodePlan(plan)),
    apply: async (options) => (await import('./verbs/apply.ts')).apply({ ...selecting, ...options }, await runtime()),
    resume: async (options) => (await import('./verbs/resume.ts')).resume({ ...PACE, ...options }, await runtime()),
    verify: async (options) => (await import('./verbs/verify.ts')).verify({ test: PACE.test, selection: {}, ...options }, await runtime()),
    previewRollback: async (options) => (await import('./verbs/preview-rollback.ts')).previewRollback({ ...selecting, ...options }, await runtime()),
    rollback: async (options) => (await import('./verbs/rollback.ts')).rollback({ ...selecting, ...options }, await runtime()),
    runs: async () => (await import('./verbs/runs.ts')).runs(await runtime()),
    show: async (run) => (await import('./verbs/runs.ts')).show(run, await runtime()),
    expiry: async (options) => (await import('./verbs/expiry.ts')).expiry({ withinDays: USUAL_DAYS, ...options }, [await runtime()]),
    report: async (options) => (await import('./verbs/report.ts')).report(options, await runtime()),
    diagnose: async (options) => (await import('./verbs/diagnose.ts')).diagnose(options, await runtime()),
  };
}

async function openRuntime(config: string | ConfigInput, overrides: MigratorOverrides): Promise<Runtime> {
  const { onEvent, directory = process.cwd(), stateDirectory, env = process.env, stop, confirm, ...edges } = overrides;
  const given = typeof config === 'string' ? undefined : withoutSecrets(config);
  const text = given === undefined ? undefined : Buffer.from(JSON.stringify(given.config));
  const { runtime } = await createRuntime({
    version: packageVersion(HOME),
    flags: {
      config: typeof config === 'string' ? config : GIVEN,
      ...(stateDirectory === undefined ? {} : { stateDir: stateDirectory }),
      ...{ json: true, quiet: true, noColor: true, noInput: true },
    },
    repeats: [],
    cwd: directory,
    env,
    givenSecrets: given?.env ?? {},
    platform: process.platform,
    self: { host: hostname(), pid: process.pid, signal: (pid, signal) => process.kill(pid, signal) },
    stdin: process.stdin,
    stdout: eventStream(onEvent),
    stderr: eventStream(undefined),
    home: HOME,
    stop: stop ?? new AbortController().signal,
    overrides: { ...edges, ...(text === undefined ? {} : { readConfig: () => async () => text }) },
  });
  return confirm === undefined ? runtime : { ...runtime, interactive: true, confirm };
}

/** Each line that the program would print for programs is one event, and secrets are out of it already. */
function eventStream(onEvent: ((event: RunEvent) => void) | undefined): NodeJS.WriteStream {
  const write = (line: Buffer, _encoding: string, done: () => void): void => {
    onEvent?.(JSON.parse(line.toString('utf8')) as RunEvent);
    done();
  };
  return new Writable({ write }) as NodeJS.WriteStream;
}

/** Secrets leave the configuration for variables that only this migrator sees. */
function withoutSecrets(config: unknown): { readonly config: unknown; readonly env: Readonly<Record<string, string>> } {
  const env: Record<string, string> = {};
  const replaced = (value: unknown): unknown => {
    if (value instanceof Secret) {
      const name = `GIVEN_SECRET_${Object.keys(env).length + 1}`;
      env[name] = value.reveal();
      return { env: name };
    }
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
  };
  return { config: replaced(config), env };
}
