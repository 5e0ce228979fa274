import { RekeyError } from '../../core/errors.ts';
import type { Clock, HomeFile, HomeFiles } from '../../core/ports.ts';
import { type ParsedSpecs, parseSpecs, type SpecsTree } from '../../core/specs-document/parse-specs.ts';
import { ownTurn } from '../own-turn.ts';
import type { ExportedPath } from './export-call.ts';
import { FileClock } from './file-clock.ts';
import { type HomeFolders, partsBelowHome } from './home-path.ts';

/** How the home of the server is reached. */
export interface HomeAccess {
  readonly folders: HomeFolders;
  readonly files: HomeFiles;
  readonly clock: Clock;
}

/** What was found at the path: the new document, a file that may be that of an earlier export, or why there is no document yet. */
export type Look =
  | { readonly kind: 'fresh'; readonly tree: SpecsTree }
  | { readonly kind: 'old'; readonly stamp: string; readonly why: string }
  | { readonly kind: 'absent' | 'unfinished'; readonly why: string };

/** A file that was there. */
type ReadFile = Extract<HomeFile, { readonly kind: 'file' }>;

/** No document of one repository is nearly as long. */
const LONGEST = 1024 * 1024;
/** A file may appear, or be complete, a while after the answer; a network share may hold for half a minute that a file is not there. */
const PAUSES = [25, 50, 100, 200, 400, 800, 1_600, ...Array<number>(12).fill(3_000)];

/** Watches the home of the server for documents that it was made to write. */
export class HomeWatch {
  readonly #home: HomeAccess;
  /** Of each path, the file that is known to have stood there: one with another stamp is new, whatever clocks say. */
  readonly #stamps = new Map<string, string>();
  readonly #fileClock = new FileClock();
  #isHopeless = false;

  constructor(home: HomeAccess) {
    this.#home = home;
  }

  /** Waits for a document. @throws RekeyError DOCUMENT_UNREADABLE | DOCUMENT_REFUSED where waiting would not help */
  async waitFor(exported: ExportedPath, signal?: AbortSignal): Promise<Look> {
    let found = await this.#look(exported, 0);
    let waitedMs = 0;
    // Where nothing has ever appeared, the home is not the one that Bamboo writes to: each further wait would be in vain.
    for (const pause of this.#isHopeless ? [] : PAUSES) {
      if (found.kind === 'fresh') break;
      await this.#home.clock.sleep(pause, signal);
      waitedMs += pause;
      found = await this.#look(exported, waitedMs);
    }
    if (found.kind === 'fresh') return found;
    this.#isHopeless = found.kind !== 'old' && this.#stamps.size === 0;
    return { ...found, why: waitedMs === 0 ? `${found.why}; nor did any before it, so it was not waited for` : `${found.why} within ${seconds(waitedMs)} s` };
  }

  /** Takes what stood at a path as older than the next export. */
  setOld(path: string, stamp: string): void {
    this.#stamps.set(path, stamp);
  }

  /** Takes a path that was not named before for a new one, at which no file can be old. */
  setEmpty(path: string): void {
    if (!this.#stamps.has(path)) this.#stamps.set(path, 'no file');
  }

  async #look(exported: ExportedPath, waitedMs: number): Promise<Look> {
    const { folders, files } = this.#home;
    const parts = partsBelowHome(exported.path, folders);
    const local = [folders.local, ...parts].join('/');
    const file = await files.read(parts, LONGEST);
    if (file.kind === 'absent') return { kind: 'absent', why: `did not appear at ${local}` };
    if (!this.#isNew(file, exported, waitedMs)) return { kind: 'old', stamp: file.stamp, why: `did not replace the file of an earlier export at ${local}` };
    await ownTurn();
    const parsed = parseBytes(file.bytes);
    if (parsed.kind === 'refused') throw new RekeyError('DOCUMENT_REFUSED', `${exported.path} ${parsed.why}.`);
    if (parsed.kind !== 'tree') return { kind: 'unfinished', why: `did not get complete (the file ${parsed.why}) at ${local}` };
    this.#stamps.set(exported.path, file.stamp);
    return { kind: 'fresh', tree: parsed.tree };
  }

  #isNew({ modified, stamp }: ReadFile, { path, at }: ExportedPath, waitedMs: number): boolean {
    const known = this.#stamps.get(path);
    const writing = { modified, answered: at ?? this.#home.clock.now(), waitedMs: at === undefined ? 0 : waitedMs };
    if (known === undefined) return this.#fileClock.fits(writing);
    if (known === stamp) return false;
    this.#fileClock.learn(writing);
    return true;
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

function parseBytes(bytes: Uint8Array): ParsedSpecs {
  try {
    return parseSpecs(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { kind: 'unfinished', why: 'is not UTF-8' };
  }
}
