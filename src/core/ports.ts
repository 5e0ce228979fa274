import type { Bamboo } from './bamboo-port.ts';
import type { Bitbucket } from './bitbucket-port.ts';
import type { Config } from './config.ts';
import type { RekeyError } from './errors.ts';
import type { RunEvent } from './events.ts';
import type { JournalEntry } from './journal.ts';
import type { PlanFile } from './plan-file.ts';
import type { ConfiguredSecret } from './report/configured-secret.ts';
import type { HostCalls } from './report/evidence.ts';
import type { Artefact } from './report/secret-search.ts';
import type { Secret } from './secret.ts';
import type { SnapshotEntry } from './snapshot.ts';
import type { SourceReading } from './source-reading.ts';

// ---------------------------------------------------------------- HTTP

export type { Http, HttpRequest, HttpResponse } from './http-port.ts';

// ---------------------------------------------------------------- Bamboo

export type {
  AccessTokenInfo,
  Bamboo,
  BranchName,
  CredentialUse,
  ExportedFiles,
  HomeFile,
  HomeFiles,
  Listed,
  Listing,
  Opened,
  OpenedObject,
  PlanLookup,
  PlanName,
  QueueAnswer,
  Route,
  TestAnswer,
  WriteAnswer,
} from './bamboo-port.ts';
export type { Pair } from './pair.ts';

// ---------------------------------------------------------------- Bitbucket Cloud

export type { Bitbucket, CallCount, TokenAnswer, TokenListing } from './bitbucket-port.ts';

// ---------------------------------------------------------------- state directory

/** Append-only durable files of one run. Every append is on disk when its promise resolves. */
export interface RunFiles {
  readonly run: string;
  snapshot(entry: SnapshotEntry): Promise<void>;
  journal(entry: JournalEntry): Promise<void>;
  summary(text: string): Promise<void>;
  close(): Promise<void>;
}

/** A finished or broken-off run, as read from disk. */
export interface StoredRun {
  readonly run: string;
  readonly plan: PlanFile;
  readonly journal: readonly JournalEntry[];
  readonly snapshots: readonly SnapshotEntry[];
}

/** The lock of one server within one state directory. */
export interface HeldLock {
  release(): Promise<void>;
}

/** Where runs are kept. */
export interface RunStore {
  /** @throws RekeyError LOCKED, naming host, pid and nonce of the holder. */
  lock(serverUrl: string, breakNonce?: string): Promise<HeldLock>;
  create(run: string, plan: PlanFile): Promise<RunFiles>;
  /** Opens an existing run for appending. */
  reopen(run: string): Promise<RunFiles>;
  /** @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED */
  read(run: string): Promise<StoredRun>;
  /** Run ids, oldest first. */
  list(): Promise<string[]>;
  /** Every file of a run, as it is. @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED */
  artefacts(run: string): Promise<Artefact[]>;
}

/** Files named by the user. */
export interface Documents {
  /** @throws RekeyError FILE_UNREADABLE */
  read(path: string): Promise<string>;
  /** Makes the directory, mode 0700, where nothing stands there. @throws RekeyError FILE_UNWRITABLE */
  makeDirectory(path: string): Promise<void>;
  /** Writes durably by replacing, mode 0600; a long text may come in pieces. @throws RekeyError FILE_UNWRITABLE */
  write(path: string, text: string | Iterable<string>): Promise<void>;
  /** Writes where nothing stands yet. @throws RekeyError FILE_UNWRITABLE */
  create(path: string, text: string): Promise<void>;
}

// ---------------------------------------------------------------- logs

/** How much of a log could be read. */
export type LogReading =
  | { readonly kind: 'read' | 'empty'; readonly bytes: number }
  /** Nothing, or only what came before a fault. */
  | { readonly kind: 'unreadable' | 'broken-off'; readonly bytes: number; readonly problem: RekeyError };

/** Takes a record of a log with the marks that were found in it, each with what the groups of its pattern hold. */
export type TakeRecord = (record: string, marks: readonly RegExpExecArray[]) => void;

/** Bamboo's logs, as the user names them; `-` is standard input. */
export interface LogFiles {
  /**
   * Gives on, in their order, the records that hold one of the marks: each with its continuation lines, very long ones shortened. However large the
   * log, memory stays small, as long as what is kept of a record is copied: it is a piece of a larger text. What cannot be read is told in the answer.
   * @throws only when the signal is aborted
   */
  scan(name: string, marks: RegExp, take: TakeRecord, signal: AbortSignal): Promise<LogReading>;
}

// ---------------------------------------------------------------- everything together

export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** For how many milliseconds this process itself has been busy so far; left out: never. */
  busy?(): number;
}

/** What a verb works with; composed in `runtime.ts`, every part made on first use. */
export interface Runtime {
  readonly tool: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C: start nothing more, end what is in flight. */
  readonly stop: AbortSignal;
  readonly documents: Documents;
  /** A new run id: sortable by time, and after the newest run that is named. */
  newRunId(newest?: string): string;
  emit(event: RunEvent): void;
  /** From now on at most so many requests are under way at each server, whoever sends them. */
  sendAtMost(requests: number): void;
  config(): Promise<Config>;
  bamboo(): Promise<Bamboo>;
  bitbucket(): Promise<Bitbucket>;
  /** What the configured database or inventory file holds; undefined where there is neither. @throws RekeyError DATABASE_… | INVENTORY_FILE_INVALID */
  otherSource(): Promise<SourceReading | undefined>;
  store(): Promise<RunStore>;
  logs(): Promise<LogFiles>;
  /** Resolves the secret of `tokens.NAME`, trimmed. @throws RekeyError SECRET_UNREADABLE */
  tokenSecret(name: string): Promise<Secret>;
  /** Whether blanks or a line end stood around the secret of `tokens.NAME` and were left out. @throws RekeyError SECRET_UNREADABLE */
  tokenTrimmed(name: string): Promise<boolean>;
  /** Resolves the secret of `previous.USERNAME`. */
  previousSecret(username: string): Promise<Secret>;
  /** Every secret of the configuration with where it comes from; what would have to be typed or made anew is not asked for. */
  everySecret(): Promise<ConfiguredSecret[]>;
  /** Which hosts were spoken to so far, sorted. */
  hosts(): HostCalls[];
  /** Whether a person is there to be asked. */
  readonly interactive: boolean;
  /** Asks a person yes or no. */
  confirm(question: string): Promise<boolean>;
}
