import { RekeyError } from '../../core/errors.ts';
import type { Clock, ExportedFiles, HomeFile, HomeFiles } from '../../core/ports.ts';
import { type ParsedSpecs, parseSpecs, type SpecsTree } from '../../core/specs-document/parse-specs.ts';
import { ownTurn } from '../own-turn.ts';
import type { Rest } from '../rest/rest.ts';
import { type ExportedPath, exportRepository } from './export-call.ts';
import { type HomeFolders, oidOf, partsBelowHome } from './home-path.ts';

/** How the home of the server is reached. */
export interface HomeAccess {
  readonly folders: HomeFolders;
  readonly files: HomeFiles;
  readonly clock: Clock;
}

/** A repository's document as the server has just written it. */
export interface FreshDocument {
  readonly tree: SpecsTree;
  readonly oid: string;
}

/** Makes the server export, and reads what it wrote. */
export interface DocumentSource {
  /** @throws RekeyError DOCUMENT_UNREADABLE | DOCUMENT_REFUSED, and what the export itself is refused with */
  read(id: string, signal?: AbortSignal): Promise<FreshDocument>;
  exported(): ExportedFiles;
}

/** No document of one repository is nearly as long. */
const LONGEST = 1024 * 1024;
/** A file may appear, or be complete, a moment after the answer, more so over a network share. */
const PAUSES = [25, 50, 100, 200, 400, 800, 1600, 1600];
/** Clocks of servers and file systems tell whole seconds. */
const GRAIN_MS = 2_000;

/** What was found at the path: the new document, or why it is not there yet. */
type Look =
  | { readonly kind: 'fresh'; readonly tree: SpecsTree; readonly stamp: string }
  | { readonly kind: 'wait'; readonly why: string; readonly old?: HomeFile };

/** Makes a source of exported documents. */
export function createDocumentSource({ rest, folders, files, clock }: HomeAccess & { readonly rest: Rest }): DocumentSource {
  const stamps = new Map<string, string>();
  const written = new Set<string>();
  let hopeless = false;

  async function look(parts: readonly string[], { path, at }: ExportedPath): Promise<Look> {
    const file = await files.read(parts, LONGEST);
    if (file.kind === 'absent') return { kind: 'wait', why: `${path} does not exist as this machine sees it, below ${folders.local}` };
    if (!isNew(file, stamps.get(path), at)) return { kind: 'wait', why: `${path} is still the file of an earlier export` };
    await ownTurn();
    const parsed = parseBytes(file.bytes);
    if (parsed.kind === 'refused') throw new RekeyError('DOCUMENT_REFUSED', `${path} ${parsed.why}.`);
    return parsed.kind === 'tree' ? { kind: 'fresh', tree: parsed.tree, stamp: file.stamp } : { kind: 'wait', why: `${path} ${parsed.why}` };
  }

  async function wait(parts: readonly string[], exported: ExportedPath, signal?: AbortSignal): Promise<SpecsTree> {
    let last = '';
    // Where nothing has ever appeared, the home is not the one that Bamboo writes to: each further wait would be in vain.
    for (const pause of [0, ...(hopeless ? [] : PAUSES)]) {
      if (pause > 0) await clock.sleep(pause, signal);
      const found = await look(parts, exported);
      if (found.kind === 'fresh') {
        hopeless = false;
        stamps.set(exported.path, found.stamp);
        return found.tree;
      }
      last = found.why;
    }
    hopeless = stamps.size === 0;
    throw new RekeyError('DOCUMENT_UNREADABLE', `${last}.`);
  }

  return {
    async read(id, signal) {
      const exported = await exportRepository(rest, id, signal);
      written.add(exported.path);
      const parts = partsBelowHome(exported.path, folders);
      return { tree: await wait(parts, exported, signal), oid: oidOf(parts) };
    },
    exported: () => ({ files: written.size, folders: [...new Set([...written].map(folderOf))].sort() }),
  };
}

/** The file of an earlier export stays where it is until it is replaced; written after the call by the server's own clock, it is the new one. */
function isNew(file: HomeFile & { kind: 'file' }, known: string | undefined, at: Date | undefined): boolean {
  if (known !== undefined) return file.stamp !== known;
  return at === undefined || file.modified.getTime() >= at.getTime() - GRAIN_MS;
}

function parseBytes(bytes: Uint8Array): ParsedSpecs {
  try {
    return parseSpecs(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { kind: 'unfinished', why: 'is not UTF-8' };
  }
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
