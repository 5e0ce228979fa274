import { join } from 'node:path';
import { sha256 } from '../core/canonical-json.ts';
import { RekeyError } from '../core/errors.ts';
import { decodePlan, encodePlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Clock, HeldLock, RunFiles, RunStore, StoredRun } from '../core/ports.ts';
import type { Artefact } from '../core/report/secret-search.ts';
import { LATEST } from '../core/run-id.ts';
import type { FileSystem } from './file-system.ts';
import { takeLock } from './lock.ts';
import type { ProcessTable } from './process-table.ts';
import { readRunFile } from './read-run-file.ts';
import { openRunFiles, RUN_FILE, readJournal, readSnapshot } from './run-files.ts';
import { ensureDirectory, isInnerDirectory, isStateDirectory } from './state-directory.ts';
import { named } from './system-error.ts';
import { writeNew } from './write-durably.ts';

/** What a store works with; composed in `runtime.ts`. */
export interface RunStoreOptions {
  /** The state directory; made at the first write. */
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly processes: ProcessTable;
  readonly clock: Pick<Clock, 'now'>;
  /** `process.platform`: rights are not checked on `win32`. */
  readonly platform: string;
  readonly warn: (detail: string) => void;
}

const RUN_ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,99}$/;

/** Runs as directories below `STATE/runs`, and the locks beside them. */
export function openRunStore(options: RunStoreOptions): RunStore {
  return new DiskRunStore(options);
}

class DiskRunStore implements RunStore {
  readonly #options: RunStoreOptions;
  readonly #runs: string;
  #warned = false;

  constructor(options: RunStoreOptions) {
    this.#options = options;
    this.#runs = join(options.directory, 'runs');
  }

  async lock(serverUrl: string, breakNonce?: string): Promise<HeldLock> {
    const { directory, fileSystem, processes, clock } = this.#options;
    await this.#prepare();
    const path = join(directory, `lock-${sha256(sameServer(serverUrl)).slice(0, 16)}.json`);
    return await takeLock(path, { fileSystem, processes, startedAt: clock.now().toISOString(), breakNonce });
  }

  /** The run appears complete or not at all: it gets its name last. */
  async create(run: string, plan: PlanFile): Promise<RunFiles> {
    const { fileSystem } = this.#options;
    const directory = this.#directoryOf(run);
    await this.#prepare();
    const unnamed = join(this.#runs, `.new-${run}`);
    try {
      await ensureDirectory(fileSystem, this.#runs);
      await isInnerDirectory(fileSystem, this.#runs);
      await fileSystem.makeDirectory(unnamed);
      await writeNew(fileSystem, join(unnamed, RUN_FILE.plan), encodePlan(plan));
      await writeNew(fileSystem, join(unnamed, RUN_FILE.snapshot), '');
      await writeNew(fileSystem, join(unnamed, RUN_FILE.journal), '');
      await fileSystem.syncDirectory(unnamed);
      await fileSystem.rename(unnamed, directory);
      await fileSystem.syncDirectory(this.#runs);
    } catch (thrown) {
      throw named(thrown, 'DISK_FAILED', `Could not create the run ${directory}`, 'Free some space or repair the disk, then run the same command again.');
    }
    return await openRunFiles(fileSystem, directory, run);
  }

  async reopen(run: string): Promise<RunFiles> {
    const { id, directory } = await this.#find(run);
    return await openRunFiles(this.#options.fileSystem, directory, id);
  }

  async read(run: string): Promise<StoredRun> {
    const { fileSystem } = this.#options;
    const { id, directory } = await this.#find(run);
    const plan = await readPlan(fileSystem, join(directory, RUN_FILE.plan));
    const journal = (await readJournal(fileSystem, directory)).entries;
    const snapshots = (await readSnapshot(fileSystem, directory)).entries;
    const [first] = journal;
    if (first?.kind === 'started' && (first.run !== id || first.digest !== plan.digest)) {
      throw new RekeyError(
        'RUN_DAMAGED',
        `The files in ${directory} do not belong together: the journal was written for run ${first.run} and for ${first.digest === plan.digest ? 'this' : 'another'} plan.`,
      );
    }
    return { run: id, plan, journal, snapshots };
  }

  async list(): Promise<string[]> {
    const { fileSystem } = this.#options;
    if (!(await this.#exists()) || !(await isInnerDirectory(fileSystem, this.#runs))) return [];
    try {
      const names = (await fileSystem.list(this.#runs)).filter((name) => RUN_ID.test(name)).sort();
      const entries = await Promise.all(names.map((name) => fileSystem.inspect(join(this.#runs, name), 'refuse')));
      return names.filter((_name, index) => entries[index]?.kind === 'directory');
    } catch (thrown) {
      throw named(thrown, 'FILE_UNREADABLE', `Could not list the runs in ${this.#runs}`);
    }
  }

  async artefacts(run: string): Promise<Artefact[]> {
    const { fileSystem } = this.#options;
    const { directory } = await this.#find(run);
    const names = (await fileSystem.list(directory)).sort();
    const found: Artefact[] = [];
    for (const name of names) {
      if ((await fileSystem.inspect(join(directory, name), 'refuse'))?.kind !== 'file') continue;
      found.push({ name, bytes: await readRunFile(fileSystem, join(directory, name)) });
    }
    return found;
  }

  async #find(run: string): Promise<{ readonly id: string; readonly directory: string }> {
    const id = run === LATEST ? (await this.list()).at(-1) : run;
    if (id === undefined) throw new RekeyError('RUN_UNKNOWN', `There is no run yet in ${this.#options.directory}.`);
    const directory = this.#directoryOf(id);
    const there =
      (await this.#exists()) && (await isInnerDirectory(this.#options.fileSystem, this.#runs)) && (await isInnerDirectory(this.#options.fileSystem, directory));
    if (!there) throw new RekeyError('RUN_UNKNOWN', `There is no run ${id} in ${this.#options.directory}.`);
    return { id, directory };
  }

  /** The one place where a run id becomes a path. */
  #directoryOf(run: string): string {
    if (!RUN_ID.test(run) || run === LATEST)
      throw new RekeyError('RUN_UNKNOWN', `"${run}" is not the id of a run: letters, digits, "-", "_" and single "." only.`);
    return join(this.#runs, run);
  }

  async #prepare(): Promise<void> {
    if (await this.#exists()) return;
    await ensureDirectory(this.#options.fileSystem, this.#options.directory);
    await this.#exists();
  }

  async #exists(): Promise<boolean> {
    const { fileSystem, directory, platform, warn } = this.#options;
    if (platform === 'win32' && !this.#warned) warn(`On Windows nobody checks who else can read ${directory}. Keep it in a folder of your own.`);
    this.#warned = true;
    return await isStateDirectory(fileSystem, directory, platform);
  }
}

async function readPlan(fileSystem: FileSystem, path: string): Promise<PlanFile> {
  const text = (await readRunFile(fileSystem, path)).toString('utf8');
  try {
    return decodePlan(text, path);
  } catch (cause) {
    throw new RekeyError('RUN_DAMAGED', cause instanceof RekeyError ? cause.message : `${path} cannot be read.`, { cause });
  }
}

/** One server has one lock, however its address is spelt. */
function sameServer(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/+$/, '') : url;
}
