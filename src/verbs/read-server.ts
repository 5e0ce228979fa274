import type { Config } from '../core/config.ts';
import { endsEverything, RekeyError, toRekeyError } from '../core/errors.ts';
import type { Unread } from '../core/inventory.ts';
import type { Place, ServerInfo, Usage } from '../core/model.ts';
import type { ObjectState } from '../core/object-state.ts';
import type { RouteName } from '../core/plan-file.ts';
import type { Bamboo, ExportedFiles, Listed, Listing, PlanName, Runtime } from '../core/ports.ts';
import { type Reading, toReading } from '../core/reading.ts';
import { resolveShared } from '../core/resolve-shared.ts';
import { inParallel } from './in-parallel.ts';
import { openForPlan } from './open-place.ts';
import { type ReadCredential, toCredentialReading } from './read-credential.ts';
import { underWay } from './under-way.ts';

/** What one walk over the server found. */
export interface ServerReading {
  readonly server: ServerInfo;
  readonly readings: readonly Reading[];
  readonly unread: readonly Unread[];
  /** Places whose form is there and was not understood. */
  readonly strange: readonly Place[];
  /** What the server was made to write into its home. */
  readonly exported: ExportedFiles;
}

/** Names places to read afresh, or that no list showed, once the walk is over. */
export type ReadMore = (readings: readonly Reading[], unread: readonly Unread[]) => readonly Place[];

/** For reading alone nothing is exported where the forms can be read. */
export function withoutExports(config: Config): Config {
  return config.bamboo.login === undefined ? config : { ...config, apply: { ...config.apply, route: 'form' } };
}

/** How a place is named to a person. */
export function describePlace(place: Place): string {
  return `${describeOwner(place)} "${place.name}" (id ${place.id})`;
}

function describeOwner({ object, level, plan, project }: Place): string {
  const of = plan ?? project ?? '?';
  if (object === 'shared-credential') return level === 'global' ? 'shared credential' : `shared credential of ${of}`;
  if (level === 'global') return 'linked repository';
  return level === 'branch' ? `repository of plan branch ${of}` : `${level} repository of ${of}`;
}

/**
 * Reads every place that may hold a Bitbucket Cloud credential, and what `readMore` names. What cannot be read stands in `unread`: the result is never silently short.
 * @throws RekeyError with exit 7 when the login is refused, INTERRUPTED after Ctrl-C
 */
export async function readServer(config: Config, runtime: Runtime, readMore: ReadMore = () => []): Promise<ServerReading> {
  const bamboo = await runtime.bamboo();
  runtime.sendAtMost(config.apply.concurrency);
  const server = await bamboo.info(runtime.stop);
  const walk = new Walk(bamboo, config, runtime);
  await walk.all();
  await walk.again(readMore(walk.readings(), walk.unread));
  if (runtime.stop.aborted) throw new RekeyError('INTERRUPTED', 'Interrupted while reading; nothing was written.', { remedy: 'Run the same command again.' });
  const exported = bamboo.exported();
  if (exported.files > 0) runtime.emit({ event: 'EXPORTED', files: exported.files, folders: [...exported.folders] });
  return { server, readings: walk.readings(), unread: walk.unread, strange: walk.strange, exported };
}

/** One walk: lists first, then every form, each with bounded parallelism. */
class Walk {
  readonly unread: Unread[] = [];
  readonly strange: Place[] = [];
  #repositories: Reading[] = [];
  #credentials: ReadCredential[] = [];
  readonly #otherTypes: Place[] = [];
  readonly #bamboo: Bamboo;
  readonly #config: Config;
  readonly #concurrency: number;
  readonly #runtime: Runtime;

  constructor(bamboo: Bamboo, config: Config, runtime: Runtime) {
    this.#bamboo = bamboo;
    this.#config = config;
    this.#concurrency = underWay(config.apply.concurrency);
    this.#runtime = runtime;
  }

  async all(): Promise<void> {
    const stop = this.#runtime.stop;
    const shared: Listed[] = await this.#list('linked repositories', () => this.#bamboo.linkedRepositories(stop));
    const credentials: Listed[] = await this.#list('shared credentials of the server', () => this.#bamboo.sharedCredentials(stop));
    const projects = await this.#list('projects', () => this.#bamboo.projects(stop));
    const plans = await this.#list('plans', () => this.#bamboo.plans(stop));
    await inParallel(projects, this.#concurrency, stop, async (project) => {
      shared.push(...(await this.#list(`repositories of project ${project}`, () => this.#bamboo.projectRepositories(project, stop))));
      credentials.push(...(await this.#list(`shared credentials of project ${project}`, () => this.#bamboo.projectCredentials(project, stop))));
    });
    const owned = await this.#listOwned(plans, new Set(shared.map((listed) => listed.place.id)));
    await this.#readAll([...shared, ...owned, ...credentials]);
  }

  /** Reads places once more, or for the first time; what was read of them before counts no longer. */
  async again(places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    const listed = places.map((place): Listed => {
      const location = this.#repositories.find(({ item }) => isSame(item, place))?.location;
      return { place, ...(location === undefined ? {} : { location }) };
    });
    this.#repositories = this.#repositories.filter(({ item }) => !places.some((place) => isSame(item, place)));
    this.#credentials = this.#credentials.filter(({ state }) => !places.some((place) => isSame(state.place, place)));
    await this.#readAll(listed);
  }

  /** Shared credentials are told once all of their users are known. */
  readings(): Reading[] {
    const places = this.#credentials.map(({ state }) => state.place);
    const repositories = this.#repositories.map((reading) => resolveShared(reading, places));
    const known = { repositories, otherTypes: this.#otherTypes };
    return [...repositories, ...this.#credentials.map((credential) => toCredentialReading(credential, known))];
  }

  /** What plans and their branches own. Ids are unique among repositories: an entry of a plan's page with a known id is one that the plan merely uses. */
  async #listOwned(plans: readonly PlanName[], known: ReadonlySet<string>): Promise<Listed[]> {
    const owned: Listed[] = [];
    await inParallel(plans, this.#concurrency, this.#runtime.stop, async (plan) => {
      const { entries, complete } = await this.#listing(`repositories of plan ${plan.key}`, () => this.#bamboo.planRepositories(plan, this.#runtime.stop));
      owned.push(...entries.filter((entry) => !known.has(entry.place.id)));
      const inherited = complete ? new Set([...known, ...entries.map((entry) => entry.place.id)]) : undefined;
      owned.push(...(await this.#listOverrides(plan, inherited)));
    });
    return owned;
  }

  /** What the branches of one plan own, one after the other: the plans go side by side. */
  async #listOverrides(plan: PlanName, inherited: ReadonlySet<string> | undefined): Promise<Listed[]> {
    const stop = this.#runtime.stop;
    const overrides: Listed[] = [];
    for (const branch of await this.#list(`branches of plan ${plan.key}`, () => this.#bamboo.planBranches(plan, stop))) {
      if (stop.aborted) break;
      overrides.push(...(await this.#list(`repositories of plan branch ${branch.key}`, () => this.#bamboo.branchRepositories(branch, inherited, stop))));
    }
    return overrides;
  }

  async #readAll(listed: readonly Listed[]): Promise<void> {
    this.#runtime.emit({ event: 'PHASE', phase: 'reading', total: listed.length });
    let done = 0;
    await inParallel(listed, this.#concurrency, this.#runtime.stop, async (entry) => {
      const { place } = entry;
      const failed = await this.#attempt(describePlace(place), () => (place.object === 'repository' ? this.#read(entry) : this.#readCredential(place)));
      if (failed === 'FORM_NOT_UNDERSTOOD') this.strange.push(place);
      done += 1;
      this.#runtime.emit({ event: 'PROGRESS', phase: 'reading', done, total: listed.length });
    });
  }

  async #read({ place, location }: Listed): Promise<void> {
    const found = await this.#state(place);
    if (found === undefined) return;
    const usedBy = await this.#usage(place);
    const sources = [found.route === 'import' ? 'export' : 'form'];
    this.#repositories.push({ ...toReading(found.state, { usedBy, specsBound: null, sources }, location), route: found.route });
  }

  /** The state alone: what could be written from it is not wanted while its usage is asked for. */
  async #state(place: Place): Promise<{ readonly state: ObjectState; readonly route: RouteName } | undefined> {
    const { opened, route } = await openForPlan(place, this.#config, this.#bamboo, this.#runtime.stop);
    if (opened.kind === 'other-type') this.#otherTypes.push(place);
    return opened.kind === 'object' ? { state: opened.object.state, route } : undefined;
  }

  async #readCredential(place: Place): Promise<void> {
    const opened = await this.#bamboo.route('shared-credential').open(place, this.#runtime.stop);
    if (opened.kind !== 'object') return;
    const credential: ReadCredential = { state: opened.object.state };
    await this.#attempt(`users of ${describePlace(place)}`, async () => {
      credential.uses = await this.#bamboo.credentialUses(place, this.#runtime.stop);
    });
    this.#credentials.push(credential);
  }

  async #usage(place: Place): Promise<Usage | null> {
    // The usage call knows linked and project repositories only [P]; a plan's or branch's own repository serves nothing else.
    if (place.level === 'plan' || place.level === 'branch')
      return { plans: 1, environments: 0, projects: [place.project ?? ''], inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
    let usage: Usage | null = null;
    await this.#attempt(`usage of ${describePlace(place)}`, async () => {
      usage = await this.#bamboo.usage(place, this.#runtime.stop);
    });
    return usage;
  }

  async #list<T>(what: string, call: () => Promise<Listing<T>>): Promise<T[]> {
    return (await this.#listing(what, call)).entries;
  }

  async #listing<T>(what: string, call: () => Promise<Listing<T>>): Promise<{ entries: T[]; complete: boolean }> {
    let listing: Listing<T> = { entries: [], unread: [] };
    const failed = await this.#attempt(what, async () => {
      listing = await call();
    });
    for (const { what, why } of listing.unread) this.#miss(what, why);
    return { entries: [...listing.entries], complete: failed === undefined && listing.unread.length === 0 };
  }

  /** Gives the code of a failure that only shortens the reading. @throws RekeyError for what concerns the whole run */
  async #attempt(what: string, act: () => Promise<void>): Promise<RekeyError['code'] | undefined> {
    try {
      await act();
      return undefined;
    } catch (thrown) {
      if (endsEverything(thrown)) throw thrown;
      const { message, code } = toRekeyError(thrown);
      if (code === 'INTERNAL') throw thrown;
      this.#miss(what, message);
      return code;
    }
  }

  #miss(what: string, why: string): void {
    this.unread.push({ what, why });
    this.#runtime.emit({ event: 'UNREAD', what, why });
  }
}

function isSame(one: Place, other: Place): boolean {
  return one.object === other.object && one.id === other.id;
}
