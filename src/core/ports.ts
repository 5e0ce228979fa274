import type { Bitbucket } from './bitbucket-port.ts';
import type { BuildState } from './build-progress.ts';
import type { Config } from './config.ts';
import type { RekeyError } from './errors.ts';
import type { RunEvent } from './events.ts';
import type { Unread } from './inventory.ts';
import type { JournalEntry } from './journal.ts';
import type { Place, ServerInfo, Usage } from './model.ts';
import type { ObjectState } from './object-state.ts';
import type { Pair } from './pair.ts';
import type { PlanFile, RouteName } from './plan-file.ts';
import type { ConfiguredSecret } from './report/configured-secret.ts';
import type { HostCalls } from './report/evidence.ts';
import type { Artefact } from './report/secret-search.ts';
import type { Secret } from './secret.ts';
import type { SnapshotEntry } from './snapshot.ts';
import type { SourceReading } from './source-reading.ts';

// ---------------------------------------------------------------- HTTP

export type { Http, HttpRequest, HttpResponse } from './http-port.ts';

// ---------------------------------------------------------------- Bamboo

export type { Pair } from './pair.ts';

/** What the server said to a write. Only reading back tells what it did. */
export type WriteAnswer =
  | { readonly kind: 'saved' }
  /** The server said no: validation error, missing right. Nothing was stored. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The session had ended, so the write did not reach its action. */
  | { readonly kind: 'session-lost' }
  /** No answer, or one that is not known to mean anything. */
  | { readonly kind: 'unanswered'; readonly why: string }
  /** The server stored another object than the one that was sent. */
  | { readonly kind: 'other-object'; readonly id: string };

/** What Bamboo's own connection test said. */
export type TestAnswer =
  | { readonly kind: 'reachable' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string }
  /** The account, or its personal access token, may not ask for one. */
  | { readonly kind: 'forbidden'; readonly why: string }
  /** This route has no form to test with: nothing was asked. */
  | { readonly kind: 'not-offered'; readonly why: string };

/** An object that was just read, ready to be written: the write sends back exactly what was read, but for the credential. */
export interface OpenedObject {
  readonly state: ObjectState;
  /** @throws RekeyError with exit 7 when the login is refused. */
  write(pair: Pair): Promise<WriteAnswer>;
  /** Tests with the pair given, or with the stored secret. Changes nothing. */
  test(pair: Pair | 'stored'): Promise<TestAnswer>;
}

/** What stands at a place: an object of a type we know, or something that is no concern of ours. */
export type Opened =
  | { readonly kind: 'object'; readonly object: OpenedObject }
  /** The entry of a plan's list is a linked (or project) repository; the plan does not own it. */
  | { readonly kind: 'linked' }
  /** A plan branch shows what it inherits from its plan: it has no repository of its own here. */
  | { readonly kind: 'inherited' }
  /** A repository type that cannot hold a Bitbucket Cloud credential. */
  | { readonly kind: 'other-type'; readonly type: string };

/** The way a write goes. Every implementation passes one conformance suite. */
export interface Route {
  readonly name: RouteName;
  /** Reads the whole object afresh. @throws RekeyError when it cannot be read or is not understood. */
  open(place: Place, signal?: AbortSignal): Promise<Opened>;
}

/** A place as a list names it; `location` is the repository address, where the list shows one. */
export interface Listed {
  readonly place: Place;
  readonly location?: string;
}

/** What a list call gave, and what of it could not be read: never silently short. */
export interface Listing<T> {
  readonly entries: readonly T[];
  readonly unread: readonly Unread[];
}

/** A plan by its key (`PROJ-PLAN`) and the project that owns it. */
export interface PlanName {
  readonly key: string;
  readonly project: string;
  readonly name: string;
}

/** A plan branch by its own key, with the plan that it belongs to. */
export interface BranchName extends PlanName {
  readonly plan: string;
  readonly enabled?: boolean;
}

/** Somebody that uses a shared credential, as the server names it. */
export interface CredentialUse {
  readonly kind: 'repository' | 'task' | 'unclear';
  readonly name: string;
  /** Of a repository, where the server tells it. */
  readonly id?: string;
}

/** What became of asking for one plan by its key; `enabled` and `master` (of a branch) where the server tells them. */
export type PlanLookup =
  | { readonly kind: 'found'; readonly plan: PlanName; readonly enabled?: boolean; readonly master?: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'forbidden'; readonly why: string };

/** What the server said to a build that was asked for. `unanswered`: it may have been queued all the same. */
export type QueueAnswer =
  | { readonly kind: 'queued'; readonly result: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unanswered'; readonly why: string };

/** What a personal access token tells about itself, where the server says it. */
export interface AccessTokenInfo {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly daysUntilExpiry?: number;
}

/** A Bamboo server. */
export interface Bamboo {
  info(signal?: AbortSignal): Promise<ServerInfo>;
  /** `GET /repository`: linked repositories of every type; the type shows only in the form. */
  linkedRepositories(signal?: AbortSignal): Promise<Listing<Listed>>;
  /** Keys of all projects. */
  projects(signal?: AbortSignal): Promise<Listing<string>>;
  projectRepositories(project: string, signal?: AbortSignal): Promise<Listing<Listed>>;
  plans(signal?: AbortSignal): Promise<Listing<PlanName>>;
  /** The entries of a plan's repository page: the plan's own and those it merely uses. */
  planRepositories(plan: PlanName, signal?: AbortSignal): Promise<Listing<Listed>>;
  /** The branches of a plan, disabled ones, too. */
  planBranches(plan: PlanName, signal?: AbortSignal): Promise<Listing<BranchName>>;
  /** The repositories that a branch has of its own; `inherited` are ids that belong to somebody else, undefined where its plan's list could not be read. */
  branchRepositories(branch: BranchName, inherited: ReadonlySet<string> | undefined, signal?: AbortSignal): Promise<Listing<Listed>>;
  /** The shared credentials of the whole server, of every type that may hold a user name and password. */
  sharedCredentials(signal?: AbortSignal): Promise<Listing<Listed>>;
  /** The shared credentials of one project. */
  projectCredentials(project: string, signal?: AbortSignal): Promise<Listing<Listed>>;
  /** Who uses a shared credential, by the page that Bamboo shows before it deletes one (read, never submitted); undefined where no such page is known. */
  credentialUses(place: Place, signal?: AbortSignal): Promise<readonly CredentialUse[] | undefined>;
  usage(place: Place, signal?: AbortSignal): Promise<Usage>;
  /** Keys of the plans that use a linked or project repository, as far as this account may see them. */
  plansUsing(place: Place, signal?: AbortSignal): Promise<readonly string[]>;
  /** One plan or plan branch by its key. */
  plan(key: string, signal?: AbortSignal): Promise<PlanLookup>;
  /** Starts a build of a plan. @throws RekeyError with exit 7 */
  queueBuild(plan: string): Promise<QueueAnswer>;
  /** The page on which a place is edited, without anything of its content: for a person to look at. */
  capture(place: Place, signal?: AbortSignal): Promise<string>;
  /** Where a build stands. */
  build(result: string, signal?: AbortSignal): Promise<BuildState>;
  /** The lines of a job's log so far. */
  jobLog(job: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** Which door into the web pages is used, after proving that it is open; throws as the login does. */
  login(signal?: AbortSignal): Promise<string>;
  /** The tokens that the configured personal access token's owner has; undefined where the server does not tell. */
  accessTokens(signal?: AbortSignal): Promise<readonly AccessTokenInfo[] | undefined>;
  route(name: RouteName): Route;
  /** Makes the linked repository of a proof, with made-up content. @throws RekeyError when it is not there afterwards */
  makeScratch(name: string, pair: Pair): Promise<Place>;
  /** Removes one; `saved` only when the list no longer holds it, `refused` where it is used, or has another name by now. */
  removeScratch(place: Place): Promise<WriteAnswer>;
  /** What exports have made the server write so far. */
  exported(): ExportedFiles;
}

/** What a file below Bamboo's home is at one moment. */
export type HomeFile =
  | { readonly kind: 'absent' }
  /** `stamp` differs when the file was written anew. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly modified: Date; readonly stamp: string };

/** Bamboo's home directory as this machine sees it; only read. */
export interface HomeFiles {
  /**
   * Reads the file at a path below the home, given in its parts; no link is followed, nothing longer than `most` bytes is taken.
   * @throws RekeyError DOCUMENT_UNREADABLE, which says what stands in the way
   */
  read(parts: readonly string[], most: number): Promise<HomeFile>;
}

/** Files that the server was made to write into its home by exports. */
export interface ExportedFiles {
  readonly files: number;
  /** Folders on the server, sorted. */
  readonly folders: readonly string[];
}

// ---------------------------------------------------------------- Bitbucket Cloud

export type { Bitbucket, CallCount, TokenAnswer, TokenListing, WorkspaceName } from './bitbucket-port.ts';

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
  /** Writes durably by replacing, mode 0600. @throws RekeyError FILE_UNWRITABLE */
  write(path: string, text: string): Promise<void>;
  /** Writes where nothing stands yet. @throws RekeyError FILE_UNWRITABLE */
  create(path: string, text: string): Promise<void>;
}

// ---------------------------------------------------------------- logs

/** How much of a log could be read. */
export type LogReading =
  | { readonly kind: 'read' | 'empty'; readonly bytes: number }
  /** Nothing, or only what came before a fault. */
  | { readonly kind: 'unreadable' | 'broken-off'; readonly bytes: number; readonly problem: RekeyError };

/** Bamboo's logs, as the user names them; `-` is standard input. */
export interface LogFiles {
  /**
   * Gives on, in their order, the records that hold one of the marks: each with its continuation lines, very long ones shortened. However large the
   * log, memory stays small. What cannot be read is told in the answer. @throws only when the signal is aborted
   */
  scan(name: string, marks: RegExp, take: (record: string) => void, signal: AbortSignal): Promise<LogReading>;
}

// ---------------------------------------------------------------- everything together

export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a verb works with; composed in `runtime.ts`, every part made on first use. */
export interface Runtime {
  readonly tool: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C: start nothing more, end what is in flight. */
  readonly stop: AbortSignal;
  readonly documents: Documents;
  /** A new run id, sortable by time. */
  newRunId(): string;
  emit(event: RunEvent): void;
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
