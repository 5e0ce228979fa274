import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import { endsEverything, RekeyError, toRekeyError } from '../core/errors.ts';
import type { Place } from '../core/model.ts';
import type { Bamboo, Listed, Runtime } from '../core/ports.ts';
import { isScratchName, scratchName, scratchUsername } from '../core/scratch.ts';
import { Secret } from '../core/secret.ts';
import { type ProvableRoute, proveRoute } from './prove-route.ts';

/** What is known of the ways in before a proof. */
export interface ProofAccess {
  readonly pat: 'none' | 'read-only' | 'full' | 'unknown';
  /** The edit forms are open. */
  readonly pages: boolean;
}

/** Where a proof tells of each step as soon as it is done. */
export type TellCheck = (check: Check) => void;

/** Proves on a scratch repository that each open route changes the credential and nothing else. Gives the exit code. @throws RekeyError before anything was made, with exit 7, or INTERRUPTED */
export async function prove(access: ProofAccess, config: Config, runtime: Runtime, tell: TellCheck): Promise<number> {
  const routes = openRoutes(access, config);
  const lock = await (await runtime.store()).lock(config.bamboo.url);
  try {
    return await new Proof(config, runtime, await runtime.bamboo(), tell).run(routes);
  } finally {
    await lock.release();
  }
}

/** @throws RekeyError PERMISSION_MISSING | LOGIN_MISSING where nothing could be made, or nothing written on it */
function openRoutes({ pat, pages }: ProofAccess, { bamboo }: Config): ProvableRoute[] {
  const detail = 'Nothing was made for the proof:';
  if (pat === 'read-only')
    throw new RekeyError('PERMISSION_MISSING', `${detail} the personal access token is read-only, and the scratch repository is made by import.`, {
      remedy: "Give a personal access token made with its owner's permissions, of an administrator.",
    });
  const routes: ProvableRoute[] = [...(bamboo.home === undefined ? [] : ['import' as const]), ...(pages ? ['form' as const] : [])];
  if (routes.length > 0) return routes;
  throw new RekeyError('LOGIN_MISSING', `${detail} no route is open to write on it.`, {
    remedy: 'Give bamboo.login (the form route) or bamboo.home (the import route).',
  });
}

/** What became of the routes; `ends`: nothing more may be asked with this credential, or a fault of ours. */
interface Tried {
  readonly isGood: boolean;
  readonly ends?: RekeyError;
}

/** What became of a scratch repository; `ends` as above. */
interface Removal {
  readonly kind: 'removed' | 'not-ours' | 'left';
  readonly ends?: RekeyError;
}

function scratchesAmong(entries: readonly Listed[]): Place[] {
  return entries.map(({ place }) => place).filter(({ name }) => isScratchName(name));
}

/** One proof: leftovers away, scratch made, routes tried, scratch away. */
class Proof {
  readonly #config: Config;
  readonly #runtime: Runtime;
  readonly #bamboo: Bamboo;
  readonly #tell: TellCheck;

  constructor(config: Config, runtime: Runtime, bamboo: Bamboo, tell: TellCheck) {
    this.#config = config;
    this.#runtime = runtime;
    this.#bamboo = bamboo;
    this.#tell = tell;
  }

  async run(routes: readonly ProvableRoute[]): Promise<number> {
    if (!(await this.#removeLeftovers())) return 5;
    this.#goOn('nothing was made');
    const place = await this.#make(scratchName(this.#runtime.newRunId()));
    const proved = await this.#tryRoutes(place, routes);
    const removal = await this.#remove(place);
    if (!proved.isGood && proved.ends === undefined && removal.ends === undefined) await this.#removeStrays(place);
    this.#tellExports();
    const problem = proved.ends ?? removal.ends;
    if (problem !== undefined) throw problem;
    const isGone = removal.kind === 'removed';
    this.#goOn(isGone ? 'the scratch repository was removed' : `the scratch repository "${place.name}" is still there`);
    return proved.isGood && isGone ? 0 : 5;
  }

  /** What an interrupted proof has left. Where one can't be removed, no second one is made. */
  async #removeLeftovers(): Promise<boolean> {
    const { entries, unread } = await this.#bamboo.linkedRepositories(this.#runtime.stop);
    const [missing] = unread;
    if (missing !== undefined) throw new RekeyError('PERMISSION_MISSING', `Nothing was made for the proof: ${missing.what}: ${missing.why}`);
    let isClean = true;
    for (const place of scratchesAmong(entries)) {
      this.#goOn('nothing was made');
      isClean = (await this.#removeLeftover(place)) && isClean;
    }
    return isClean;
  }

  /** What Bamboo has made beside the scratch repository, which has been removed or told of already. Where the list can't be read, the next proof looks again. */
  async #removeStrays({ id }: Place): Promise<void> {
    const { entries } = await this.#bamboo.linkedRepositories();
    for (const stray of scratchesAmong(entries).filter((each) => each.id !== id)) await this.#remove(stray, 'made by Bamboo beside the scratch repository, ');
  }

  /** One that somebody uses by now is somebody's own, and stands in nobody's way. */
  async #removeLeftover(place: Place): Promise<boolean> {
    const { kind, ends } = await this.#remove(place, 'left by an interrupted proof, ');
    if (ends !== undefined) throw ends;
    return kind !== 'left';
  }

  async #make(name: string): Promise<Place> {
    const pair = { username: scratchUsername('start'), secret: new Secret(`made-up-for-${name}`) };
    const place = await this.#bamboo.makeScratch(name, pair).catch((thrown: unknown) => {
      const detail = `a linked repository "${name}" was asked for; should it be there after all, the next proof removes it`;
      this.#tell({ check: 'prove:scratch', status: 'warning', detail });
      throw thrown;
    });
    this.#tell({ check: 'prove:scratch', status: 'ok', detail: `made the linked repository "${name}" (id ${place.id}), which nothing uses` });
    return place;
  }

  async #tryRoutes(place: Place, routes: readonly ProvableRoute[]): Promise<Tried> {
    const found: Check[] = [];
    try {
      for (const route of routes) {
        if (this.#runtime.stop.aborted) break;
        const check = await proveRoute(place, route, { bamboo: this.#bamboo, clock: this.#runtime.clock });
        found.push(check);
        this.#tell(check);
      }
    } catch (thrown) {
      // The scratch repository is removed first, whatever happened.
      return { isGood: false, ends: toRekeyError(thrown) };
    }
    const isGood = found.every(({ status }) => status !== 'failed') && found.some(({ status }) => status === 'ok');
    if (found.length > 0 && found.every(({ status }) => status === 'warning'))
      this.#tell({ check: 'prove:routes', status: 'failed', detail: 'no route could be proved' });
    return { isGood };
  }

  /** Believed only when the list no longer holds it. */
  async #remove(place: Place, history = ''): Promise<Removal> {
    const named = `"${place.name}" (id ${place.id}): ${history}`;
    try {
      const answer = await this.#bamboo.removeScratch(place);
      if (answer.kind === 'saved') this.#tell({ check: 'prove:removal', status: 'ok', detail: `${named}removed, and the list no longer holds it` });
      if (answer.kind === 'saved') return { kind: 'removed' };
      if (answer.kind === 'refused') this.#tell({ check: 'prove:removal', status: 'warning', detail: `${named}left alone: ${answer.why}` });
      if (answer.kind === 'refused') return { kind: 'not-ours' };
      this.#tellLeft(`${named}could not be removed: ${'why' in answer ? answer.why : answer.kind}`, place);
      return { kind: 'left' };
    } catch (thrown) {
      const problem = toRekeyError(thrown);
      this.#tellLeft(`${named}could not be removed: ${problem.message}`, place);
      return { kind: 'left', ...(endsEverything(problem) ? { ends: problem } : {}) };
    }
  }

  #tellLeft(detail: string, { name }: Place): void {
    const page = `${this.#config.bamboo.url}/admin/configureLinkedRepositories.action`;
    const remedy = `Remove "${name}" by hand at ${page}. The next "doctor --prove" tries again, and makes no second one while it is there.`;
    this.#tell({ check: 'prove:removal', status: 'failed', detail, remedy });
  }

  #tellExports(): void {
    const { files, folders } = this.#bamboo.exported();
    if (files > 0) this.#runtime.emit({ event: 'EXPORTED', files, folders: [...folders] });
  }

  /** @throws RekeyError INTERRUPTED after Ctrl-C */
  #goOn(where: string): void {
    if (this.#runtime.stop.aborted) throw new RekeyError('INTERRUPTED', `Interrupted; ${where}.`, { remedy: 'Run the same command again.' });
  }
}
