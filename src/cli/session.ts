import type { DoctorReport } from '../core/doctor-report.ts';
import type { ExpiryReport } from '../core/expiry-report.ts';
import type { Inventory } from '../core/inventory.ts';
import type { Diagnosis } from '../core/log-diagnosis/diagnosis.ts';
import type { PlanResult } from '../core/plan-result.ts';
import type { Runtime } from '../core/ports.ts';
import type { Report } from '../core/report/report.ts';
import type { RunResult } from '../core/run-result.ts';
import type { RunDetails, RunSummary } from '../core/run-summary.ts';
import type { DatabaseProduct } from '../core/source-reading.ts';

/** What the terminal can show. */
export interface Screen {
  readonly width: number;
  readonly colors: boolean;
}

/** Makes of a command what has to be typed here: see `typedCommand`. */
export type Typed = (command: string) => string;

/** Results as text; loaded when there is a result. */
export interface Results {
  inventoryText(inventory: Inventory, format: 'table' | 'json' | 'csv', screen?: Screen): string | Iterable<string>;
  planView(result: PlanResult, next: string, screen: Screen): string;
  expiryText(report: ExpiryReport, format: 'table' | 'json', typed: Typed, screen?: Screen): string;
  doctorView(report: DoctorReport, screen: Screen): string;
  runView(result: RunResult, screen: Screen): string;
  runsView(runs: readonly RunSummary[], typed: Typed, screen: Screen): string;
  showView(details: RunDetails, screen: Screen): string;
  diagnosisText(diagnosis: Diagnosis, format: 'table' | 'json', screen?: Screen): string;
  reportText(report: Report, format: 'html' | 'csv' | 'junit' | 'md' | 'json'): string;
  documentJson(document: unknown): string;
}

/** What `simulator` was asked for; what is left out is the simulator's own default. */
export interface SimulatorRequest {
  readonly port?: number;
  readonly repositories?: number;
  readonly seed?: string;
  readonly profile?: string;
  readonly latency?: number;
  readonly writeConfig?: string;
}

/** A simulator that has started. */
export interface RunningSimulator {
  /** Its addresses, login and tokens. */
  readonly ready: unknown;
  close(): Promise<void>;
}

/** What goes with a question for a text. */
export interface TextOptions {
  /** Stands there when nothing is typed. */
  readonly proposal?: string;
  /** What is wrong with an answer; undefined where nothing is. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Questions of `init`. */
export interface Questions {
  /** The answer without the blanks around it; asked until there is no problem with it. */
  text(question: string, options?: TextOptions): Promise<string>;
  /** One of the choices, each with its words. */
  choose<Choice extends string>(question: string, choices: readonly (readonly [Choice, string])[]): Promise<Choice>;
}

/** Everything one command works with; given by `main.ts`, so that commands can be tried without a process. */
export interface Session {
  readonly runtime: Runtime;
  /** The same for another configuration. */
  runtimeFor(config: string): Runtime;
  readonly screen: Screen;
  readonly configPath: string;
  /** --state-dir, where it was given. */
  readonly stateDir: string | undefined;
  /** --no-input was given. */
  readonly noInput: boolean;
  results(): Promise<Results>;
  /** Prints a result on stdout; nothing under --json, whose documents go to -o. */
  print(text: string): void;
  /** Prints a line on stdout whatever the mode. */
  announce(line: string): void;
  /** The SELECT for a database administrator to run. */
  printSql(product: DatabaseProduct): Promise<string>;
  /** Text of the commented example configuration. */
  template(): Promise<string>;
  /** Writes a file that must not exist yet. */
  createFile(path: string, text: string): Promise<void>;
  questions(): Promise<Questions>;
  /** A detail for the log only. */
  debug(message: string, fields: object): void;
  startSimulator(request: SimulatorRequest): Promise<RunningSimulator>;
  close(): Promise<void>;
}
