import { RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { ExportedFiles } from '../../core/ports.ts';
import type { SpecsTree } from '../../core/specs-document/parse-specs.ts';
import { notExpected } from '../../core/specs-document/repository-document.ts';
import type { Rest } from '../rest/rest.ts';
import { type ExportedPath, exportRepository } from './export-call.ts';
import { type HomeFolders, oidOf, partsBelowHome } from './home-path.ts';
import { type HomeAccess, HomeWatch, type Look } from './home-watch.ts';

/** A repository's document as the server has just written it. */
export interface FreshDocument {
  readonly tree: SpecsTree;
  readonly oid: string;
}

/** Makes the server export, and reads what it wrote. */
export interface DocumentSource {
  /** @throws RekeyError DOCUMENT_UNREADABLE | DOCUMENT_REFUSED, and what the export itself is refused with */
  read(place: Place, signal?: AbortSignal): Promise<FreshDocument>;
  exported(): ExportedFiles;
}

/** What became of one path that the server named. */
type Found = { readonly path: string } & (Look | { readonly kind: 'refused'; readonly problem: RekeyError });

/** Makes a source of exported documents. */
export function createDocumentSource({ rest, ...home }: HomeAccess & { readonly rest: Rest }): DocumentSource {
  const watch = new HomeWatch(home);
  const written = new Set<string>();

  async function exportNow({ id }: Place, signal?: AbortSignal): Promise<readonly ExportedPath[]> {
    const exported = await exportRepository(rest, id, signal);
    for (const { path } of exported) written.add(path);
    return exported;
  }

  function waitForEach(exported: readonly ExportedPath[], signal?: AbortSignal): Promise<Found[]> {
    return Promise.all(exported.map(async (each) => ({ path: each.path, ...(await watch.waitFor(each, signal).catch(refusedBy)) })));
  }

  /** A file that seems old by its time may be new where clocks differ: of a second export it is known what stood there before. */
  async function exportAgain(place: Place, before: readonly Found[], signal?: AbortSignal): Promise<Found[]> {
    for (const found of before) if (found.kind === 'old') watch.setOld(found.path, found.stamp);
    const exported = await exportNow(place, signal);
    for (const { path } of exported) watch.setEmpty(path);
    return waitForEach(exported, signal);
  }

  return {
    async read(place, signal) {
      const first = await waitForEach(await exportNow(place, signal), signal);
      const found = first.some(({ kind }) => kind === 'old') ? await exportAgain(place, first, signal) : first;
      return choose(place, found, home.folders);
    },
    exported: () => ({ files: written.size, folders: [...new Set([...written].map(folderOf))].sort() }),
  };
}

/** @throws what is not about one file alone */
function refusedBy(thrown: unknown): { readonly kind: 'refused'; readonly problem: RekeyError } {
  const problem = toRekeyError(thrown);
  if (problem.code !== 'DOCUMENT_UNREADABLE' && problem.code !== 'DOCUMENT_REFUSED') throw thrown;
  return { kind: 'refused', problem };
}

/** The one file that the server named, or the one among several that is this repository's. */
function choose(place: Place, found: readonly Found[], folders: HomeFolders): FreshDocument {
  const [only] = found;
  if (only !== undefined && found.length === 1) return whole(only, folders);
  const fresh = found.filter(({ kind }) => kind === 'fresh').map((each) => whole(each, folders));
  const [fitting, ...others] = fresh.filter(({ tree, oid }) => notExpected(tree, { place, oid }) === undefined);
  if (fitting !== undefined && others.length === 0) return fitting;
  const held = fitting === undefined ? 'none of them holds' : `${others.length + 1} of them hold`;
  throw new RekeyError('DOCUMENT_REFUSED', `Bamboo's answer to the export names ${found.length} files, and ${held} the document of this repository.`);
}

/** @throws RekeyError where the document is not there, or may not be taken */
function whole(found: Found, folders: HomeFolders): FreshDocument {
  if (found.kind === 'fresh') return { tree: found.tree, oid: oidOf(partsBelowHome(found.path, folders)) };
  if (found.kind === 'refused') throw found.problem;
  throw new RekeyError('DOCUMENT_UNREADABLE', `The document that Bamboo says it wrote to ${found.path} ${found.why}.`);
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
