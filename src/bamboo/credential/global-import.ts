import { endsEverything, toRekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { ObjectState, Writable } from '../../core/object-state.ts';
import type { OpenedObject, Pair } from '../../core/ports.ts';
import { pairProblem } from '../form/post-form.ts';
import type { Rest } from '../rest/rest.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { nameProblem } from './credential-document.ts';
import { type NamedCredential, readCredentialNames } from './list-page.ts';
import { NOT_OFFERED } from './project-credential.ts';
import { writeByImport } from './write-by-import.ts';

/** What it is read and written with. */
export interface GlobalImportParts {
  readonly session: Session;
  readonly rest: Rest;
  readonly site: Site;
}

type NamesRead = { readonly kind: 'read'; readonly all: readonly NamedCredential[] } | { readonly kind: 'failed'; readonly why: string };

async function namesIn({ session, site }: GlobalImportParts, signal?: AbortSignal): Promise<NamesRead> {
  try {
    return { kind: 'read', all: await readCredentialNames(session, site, signal) };
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'failed', why: toRekeyError(thrown).message };
  }
}

/** Without an oid an import finds the credential by its name among those of the whole server, so the name has to be the only one [I]. */
function importProblem({ id, name, oid }: Place, names: NamesRead): string | undefined {
  const problem = nameProblem(name);
  if (problem !== undefined) return problem;
  if (names.kind === 'failed') return names.why;
  if (oid !== undefined) return names.all.some((each) => each.id === id) ? undefined : 'the list of shared credentials does not hold it';
  const same = names.all.filter((each) => each.name === name).length;
  return same === 1 ? undefined : `${same} shared credentials of the server are called "${name}", and an import could not tell them apart`;
}

/** A credential of the whole server whose form shows its user name and no way to change its secret: an import needs no name of a field. */
export async function openGlobalByImport(parts: GlobalImportParts, read: ObjectState, signal?: AbortSignal): Promise<OpenedObject> {
  const { id, name, oid } = read.place;
  const names = await namesIn(parts, signal);
  const problem = importProblem(read.place, names);
  const why = read.writable.kind === 'no' ? read.writable.why : '';
  const writable: Writable = problem === undefined ? { kind: 'yes' } : { kind: 'no', why: `${why}; and not by import: ${problem}` };
  const all = names.kind === 'read' ? names.all : [];
  const identity = { name, ...(oid === undefined ? {} : { oid }) };
  const list = () => readCredentialNames(parts.session, parts.site);
  return {
    state: { ...read, writable },
    write: async (pair: Pair) => {
      const refusal = writable.kind === 'no' ? writable.why : pairProblem(pair);
      return refusal === undefined ? writeByImport(parts.rest, { id, identity, all, list }, pair) : { kind: 'refused', why: refusal };
    },
    test: async () => NOT_OFFERED,
  };
}
