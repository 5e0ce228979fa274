import type { BuildState } from './build-progress.ts';
import type { Unread } from './inventory.ts';
import type { Place, ServerInfo, Usage } from './model.ts';
import type { ObjectState } from './object-state.ts';
import type { Pair } from './pair.ts';
import type { RouteName } from './plan-file.ts';

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
