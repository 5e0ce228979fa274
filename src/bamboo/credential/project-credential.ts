import { RekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { ObjectState, Writable } from '../../core/object-state.ts';
import type { Opened, Pair, WriteAnswer } from '../../core/ports.ts';
import { inferCredential } from '../../core/sides.ts';
import { pairProblem } from '../form/post-form.ts';
import type { Rest } from '../rest/rest.ts';
import { nameProblem } from './credential-document.ts';
import { type ProjectCredential, requireProjectCredentials } from './project-list.ts';
import { writeByImport } from './write-by-import.ts';

/** What is known of one credential of a project: its row, and the names in its scope. */
interface Found {
  readonly row: ProjectCredential;
  readonly all: readonly ProjectCredential[];
  readonly project: string;
  readonly oid: string | undefined;
}

const UNTOLD = 'the list of its project does not tell its user name, and no other call shows it';

/** Without an oid an import finds the credential by its name within the project, so the name has to be the only one [I]. */
function writableOf({ row, all, project, oid }: Found): Writable {
  const twins = all.filter(({ name }) => name === row.name).length;
  if (row.username === undefined || row.username.trim() === '') return { kind: 'no', why: UNTOLD };
  const problem = nameProblem(row.name);
  if (problem !== undefined) return { kind: 'no', why: problem };
  if (twins > 1 && oid === undefined)
    return {
      kind: 'no',
      why: `${twins} shared credentials of project ${project} are called "${row.name}", and an import could not tell them apart: rename one`,
    };
  return { kind: 'yes' };
}

function otherType({ type, username, attributeNames }: ProjectCredential): string | undefined {
  if (type !== undefined && !/password/i.test(type) && /ssh|aws|amazon/i.test(type)) return type;
  const isKey = username === undefined && attributeNames.some((name) => /ssh|private[._-]?key|passphrase/i.test(name));
  return isKey ? 'an SSH key' : undefined;
}

function stateOf(found: Found, place: Place): ObjectState {
  const { row } = found;
  const username = row.username?.trim() ?? '';
  return {
    place: { ...place, name: row.name },
    kind: 'credentials',
    credential: username === '' ? { kind: 'unknown' } : inferCredential('credentials', username),
    settings: row.settings,
    writable: writableOf(found),
    notes: [],
  };
}

async function write(rest: Rest, found: Found, state: ObjectState, pair: Pair): Promise<WriteAnswer> {
  const { row, project, oid } = found;
  const problem = state.writable.kind === 'no' ? state.writable.why : pairProblem(pair);
  if (problem !== undefined) return { kind: 'refused', why: problem };
  const identity = { name: row.name, project, ...(oid === undefined ? {} : { oid }) };
  return writeByImport(rest, { id: row.id, identity, all: found.all, list: () => requireProjectCredentials(rest, project) }, pair);
}

/** What a shared credential answers to a connection test: its users are tested. */
export const NOT_OFFERED = { kind: 'not-offered', why: 'a shared credential has no connection test of its own' } as const;

/** Reads a project's shared credential afresh from the list of its project: no page of it is known. @throws RekeyError where it is not listed any more */
export async function openProjectCredential(rest: Rest, place: Place, signal?: AbortSignal): Promise<Opened> {
  const { project, id } = place;
  if (project === undefined) throw new RekeyError('INTERNAL', `Shared credential ${id} is said to be a project's, but the project is not known.`);
  const all = await requireProjectCredentials(rest, project, signal);
  const row = all.find((each) => each.id === id);
  if (row === undefined) throw new RekeyError('PAGE_MISSING', `Project ${project} no longer lists the shared credential "${place.name}" (id ${id}).`);
  const type = otherType(row);
  if (type !== undefined) return { kind: 'other-type', type };
  const found: Found = { row, all, project, oid: row.oid ?? place.oid };
  const state = stateOf(found, place);
  return { kind: 'object', object: { state, write: (pair) => write(rest, found, state, pair), test: async () => NOT_OFFERED } };
}
