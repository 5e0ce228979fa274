import { RekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { Pair, WriteAnswer } from '../../core/ports.ts';
import { isScratchName, scratchDocument } from '../../core/scratch.ts';
import { wireText } from '../clear-text.ts';
import type { Rest } from '../rest/rest.ts';
import { importDocument } from './import-document.ts';
import { type RemovalParts, removeRepository } from './remove-repository.ts';
import { repositoriesInScope } from './scope-list.ts';

const GLOBAL: Place = { object: 'repository', id: '', level: 'global', name: '' };
const REMEDY = "Use an administrator's account, with a personal access token made with its owner's permissions.";

/** Makes the scratch repository of a proof, and finds it in the list. @throws RekeyError when it is not there afterwards, or the import met another repository */
export async function makeScratchRepository(rest: Rest, name: string, pair: Pair): Promise<Place> {
  const known = new Set((await repositoriesInScope(rest, GLOBAL)).map(({ place }) => place.id));
  const body = scratchDocument(name, { username: pair.username, password: wireText(pair.secret) });
  const answer = await importDocument(rest, { body, modelVersion: undefined }, pair, (id) => !known.has(id));
  const found = (await repositoriesInScope(rest, GLOBAL)).map(({ place }) => place).filter((place) => place.name === name && !known.has(place.id));
  const [made] = found;
  if (answer.kind === 'other-object') throw overwritten(answer.id);
  if (made === undefined || found.length > 1) throw notMade(name, answer);
  return made;
}

/** Removes a scratch repository: `refused` where by now it has another name, or somebody uses it. */
export async function removeScratchRepository(parts: RemovalParts, { id }: Place): Promise<WriteAnswer> {
  const found = (await repositoriesInScope(parts.rest, GLOBAL)).find(({ place }) => place.id === id)?.place;
  if (found === undefined) return { kind: 'saved' };
  return isScratchName(found.name) ? removeRepository(parts, found) : { kind: 'refused', why: `it is called "${found.name}" by now` };
}

function overwritten(id: string): RekeyError {
  return new RekeyError('DOCUMENT_REFUSED', `The import of a new repository was answered for another one (id ${id}), which it may have changed.`, {
    remedy: 'Look at that repository, and do not use the import route on this server.',
  });
}

function notMade(name: string, answer: WriteAnswer): RekeyError {
  const why = 'why' in answer ? answer.why : 'Bamboo answered that it is done, but the list of linked repositories does not show it';
  return new RekeyError('PERMISSION_MISSING', `The scratch repository ${name} could not be made: ${why}.`, { remedy: REMEDY });
}
