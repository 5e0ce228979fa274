import type { Config } from '../core/config.ts';
import { endsEverything, RekeyError, toRekeyError } from '../core/errors.ts';
import type { Unread } from '../core/inventory.ts';
import type { Place, ServerInfo, Usage } from '../core/model.ts';
import type { Bamboo, Listed, Listing, Runtime } from '../core/ports.ts';
import { type Reading, toReading } from '../core/reading.ts';
import { inParallel } from './in-parallel.ts';

/** What one walk over the server found. */
export interface ServerReading {
  readonly server: ServerInfo;
  readonly readings: readonly Reading[];
  readonly unread: readonly Unread[];
}

/** How a place is named to a person. */
export function describePlace(place: Place): string {
  const owner = place.level === 'global' ? 'linked repository' : `${place.level} repository of ${place.plan ?? place.project ?? '?'}`;
  return `${owner} "${place.name}" (id ${place.id})`;
}

/**
 * Reads every place that may hold a Bitbucket Cloud credential. What cannot be read stands in `unread`: the result is never silently short.
 * @throws RekeyError with exit 7 when the login is refused, INTERRUPTED after Ctrl-C
 */
export async function readServer(config: Config, runtime: Runtime): Promise<ServerReading> {
  const bamboo = await runtime.bamboo();
  const server = await bamboo.info(runtime.stop);
  const walk = new Walk(bamboo, config.apply.concurrency, runtime);
  await walk.all();
  if (runtime.stop.aborted) throw new RekeyError('INTERRUPTED', 'Interrupted while reading; nothing was written.', { remedy: 'Run the same command again.' });
  return { server, readings: walk.readings, unread: walk.unread };
}

/** One walk: lists first, then every form, each with bounded parallelism. */
class Walk {
  readonly readings: Reading[] = [];
  readonly unread: Unread[] = [];
  readonly #bamboo: Bamboo;
  readonly #concurrency: number;
  readonly #runtime: Runtime;

  constructor(bamboo: Bamboo, concurrency: number, runtime: Runtime) {
    this.#bamboo = bamboo;
    this.#concurrency = concurrency;
    this.#runtime = runtime;
  }

  async all(): Promise<void> {
    const stop = this.#runtime.stop;
    const shared: Listed[] = await this.#list('linked repositories', () => this.#bamboo.linkedRepositories(stop));
    const projects = await this.#list('projects', () => this.#bamboo.projects(stop));
    const plans = await this.#list('plans', () => this.#bamboo.plans(stop));
    await inParallel(projects, this.#concurrency, stop, async (project) => {
      shared.push(...(await this.#list(`repositories of project ${project}`, () => this.#bamboo.projectRepositories(project, stop))));
    });
    // Ids are unique among repositories: an entry of a plan's page with a known id is one that the plan merely uses.
    const known = new Set(shared.map((listed) => listed.place.id));
    const owned: Listed[] = [];
    await inParallel(plans, this.#concurrency, stop, async (plan) => {
      const entries = await this.#list(`repositories of plan ${plan.key}`, () => this.#bamboo.planRepositories(plan, stop));
      owned.push(...entries.filter((entry) => !known.has(entry.place.id)));
    });
    await this.#readAll([...shared, ...owned]);
  }

  async #readAll(listed: readonly Listed[]): Promise<void> {
    this.#runtime.emit({ event: 'PHASE', phase: 'reading', total: listed.length });
    let done = 0;
    await inParallel(listed, this.#concurrency, this.#runtime.stop, async (entry) => {
      await this.#attempt(describePlace(entry.place), () => this.#read(entry));
      done += 1;
      this.#runtime.emit({ event: 'PROGRESS', phase: 'reading', done, total: listed.length });
    });
  }

  async #read({ place, location }: Listed): Promise<void> {
    const opened = await this.#bamboo.route('form').open(place, this.#runtime.stop);
    if (opened.kind !== 'object') return;
    const usedBy = await this.#usage(place);
    this.readings.push(toReading(opened.object.state, { usedBy, specsBound: null, sources: ['form'] }, location));
  }

  async #usage(place: Place): Promise<Usage | null> {
    // The usage call knows linked and project repositories only [P]; a plan's own repository serves that plan.
    if (place.level === 'plan') return { plans: 1, environments: 0, projects: [place.project ?? ''], inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
    let usage: Usage | null = null;
    await this.#attempt(`usage of ${describePlace(place)}`, async () => {
      usage = await this.#bamboo.usage(place, this.#runtime.stop);
    });
    return usage;
  }

  async #list<T>(what: string, call: () => Promise<Listing<T>>): Promise<T[]> {
    let entries: readonly T[] = [];
    await this.#attempt(what, async () => {
      const listing = await call();
      entries = listing.entries;
      for (const { what, why } of listing.unread) this.#miss(what, why);
    });
    return [...entries];
  }

  async #attempt(what: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      if (endsEverything(thrown)) throw thrown;
      const { message, code } = toRekeyError(thrown);
      if (code === 'INTERNAL') throw thrown;
      this.#miss(what, message);
    }
  }

  #miss(what: string, why: string): void {
    this.unread.push({ what, why });
    this.#runtime.emit({ event: 'UNREAD', what, why });
  }
}
