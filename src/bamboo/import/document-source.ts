import { RekeyError } from '../../core/errors.ts';
import type { ExportedFiles } from '../../core/ports.ts';
import type { SpecsTree } from '../../core/specs-document/parse-specs.ts';
import type { Rest } from '../rest/rest.ts';
import { type ExportedPath, exportRepository } from './export-call.ts';
import { oidOf, partsBelowHome } from './home-path.ts';
import { type HomeAccess, HomeWatch } from './home-watch.ts';

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

/** Makes a source of exported documents. */
export function createDocumentSource({ rest, ...home }: HomeAccess & { readonly rest: Rest }): DocumentSource {
  const watch = new HomeWatch(home);
  const written = new Set<string>();

  async function exportNow(id: string, signal?: AbortSignal): Promise<ExportedPath> {
    const exported = await exportRepository(rest, id, signal);
    written.add(exported.path);
    return exported;
  }

  /** A file that seems old by its time may be new where clocks differ: of a second export it is known what stood there before. */
  async function readAgain(id: string, stamp: string, { path }: ExportedPath, signal?: AbortSignal): Promise<FreshDocument> {
    watch.setOld(path, stamp);
    const exported = await exportNow(id, signal);
    watch.setEmpty(exported.path);
    const found = await watch.waitFor(exported, signal);
    if (found.kind !== 'fresh') throw notThere(exported, found.why);
    return documentAt(exported, found.tree);
  }

  function documentAt({ path }: ExportedPath, tree: SpecsTree): FreshDocument {
    return { tree, oid: oidOf(partsBelowHome(path, home.folders)) };
  }

  return {
    async read(id, signal) {
      const exported = await exportNow(id, signal);
      const found = await watch.waitFor(exported, signal);
      if (found.kind === 'fresh') return documentAt(exported, found.tree);
      if (found.kind === 'old') return readAgain(id, found.stamp, exported, signal);
      throw notThere(exported, found.why);
    },
    exported: () => ({ files: written.size, folders: [...new Set([...written].map(folderOf))].sort() }),
  };
}

function notThere({ path }: ExportedPath, why: string): RekeyError {
  return new RekeyError('DOCUMENT_UNREADABLE', `The document that Bamboo says it wrote to ${path} ${why}.`);
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
