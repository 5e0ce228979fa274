import { RekeyError } from '../../core/errors.ts';
import type { Credential, Place } from '../../core/model.ts';
import type { ObjectState, Writable } from '../../core/object-state.ts';
import type { Listed, Opened, OpenedObject, Pair, TestAnswer, WriteAnswer } from '../../core/ports.ts';
import { accountCredential, kindOfTree } from '../../core/specs-document/account-slot.ts';
import { type SpecsTree, textAt } from '../../core/specs-document/parse-specs.ts';
import { stateOfDocument, whyNoTwin } from '../../core/specs-document/repository-document.ts';
import { commonSettings, leftOut, type TwinIdentity, twinDocument } from '../../core/specs-document/twin-document.ts';
import { originalOf } from '../../core/twin-name.ts';
import { wireText } from '../clear-text.ts';
import { pairProblem } from '../form/post-form.ts';
import { importDocument } from './import-document.ts';
import type { ImportRouteParts } from './import-parts.ts';
import { removeRepository, whyInUse } from './remove-repository.ts';
import { repositoriesInScope } from './scope-list.ts';

/** Where Bamboo itself finds the repository: an address that is overridden for our own probes is none of its business. */
const BITBUCKET_CLOUD = 'https://bitbucket.org';

/** A twin as it is met: its original's document, and what already stands under its name. */
interface Met {
  readonly place: Place;
  readonly original: Place;
  readonly tree: SpecsTree;
  readonly identity: TwinIdentity;
  readonly scope: readonly Listed[];
  readonly existing: readonly Place[];
}

/** Opens the twin of a repository, whether it is there yet or not: what is not there has no user name. */
export async function openTwin(parts: ImportRouteParts, place: Place, signal?: AbortSignal): Promise<Opened> {
  const original = originalOf(place);
  if (original === undefined) throw new RekeyError('DOCUMENT_REFUSED', `"${place.name}" is no name of a twin.`);
  const { tree, oid } = await parts.documents.read(original, signal);
  const context = { place: original, oid, gitBase: parts.gitBase };
  const state = stateOfDocument(tree, context);
  if (state?.kind !== 'bitbucket-cloud' || state.workspace === undefined || state.slug === undefined) return { kind: 'other-type', type: tree.entityClass };
  const identity = { name: place.name, url: `${BITBUCKET_CLOUD}/${state.workspace}/${state.slug}.git` };
  const scope = await repositoriesInScope(parts.rest, place, signal);
  const existing = scope.map((listed) => listed.place).filter(({ name }) => name === place.name);
  const met: Met = { place, original, tree, identity, scope, existing };
  const [found] = existing;
  const shown = found === undefined ? absent(met, state, whyNoTwin(tree, context)) : await present(parts, met, found, state, signal);
  return { kind: 'object', object: objectOf(parts, met, existing.length > 1 ? closed(shown, 'several repositories have the name of the twin') : shown) };
}

function absent({ place, tree, identity }: Met, { workspace, slug, credential }: ObjectState, why: string | undefined): ObjectState {
  const writable: Writable = why === undefined ? { kind: 'yes' } : { kind: 'no', why };
  return {
    place,
    kind: 'git',
    ...named(workspace, slug),
    credential: { kind: 'none', username: '' },
    settings: commonSettings(tree, identity),
    writable,
    notes: lossesOf(tree, credential),
  };
}

/** What a twin does without, beside what its type lacks. */
function lossesOf(tree: SpecsTree, { shared }: Credential): string[] {
  const left = leftOut(tree);
  return [
    ...(left.length === 0 ? [] : [`not taken over from the original: ${left.join(', ')}`]),
    ...(shared === undefined ? [] : [`has a user name and token of its own, in place of the shared credential "${shared.name}"`]),
  ];
}

async function present(parts: ImportRouteParts, { place, identity }: Met, found: Place, original: ObjectState, signal?: AbortSignal): Promise<ObjectState> {
  const { tree } = await parts.documents.read(found, signal);
  const inUse = await whyInUse(parts.rest, found, signal);
  const isGit = kindOfTree(tree) === 'git';
  const writable: Writable = isGit ? { kind: 'yes' } : { kind: 'no', why: 'a repository of another type has the name of the twin' };
  const told = { name: textAt(tree.entity, 'name') ?? '', url: textAt(tree.entity, 'url') ?? identity.url };
  const { workspace, slug } = original;
  return {
    place,
    kind: 'git',
    ...named(workspace, slug),
    credential: accountCredential(tree, 'git'),
    settings: commonSettings(tree, told),
    writable,
    ...(inUse === undefined ? {} : { inUse }),
    notes: [],
  };
}

function named(workspace: string | undefined, slug: string | undefined): Pick<ObjectState, 'workspace' | 'slug'> {
  return { ...(workspace === undefined ? {} : { workspace }), ...(slug === undefined ? {} : { slug }) };
}

function closed(state: ObjectState, why: string): ObjectState {
  return { ...state, writable: { kind: 'no', why } };
}

function objectOf(parts: ImportRouteParts, met: Met, state: ObjectState): OpenedObject {
  return { state, write: (pair) => write(parts, met, state, pair), test: (pair) => test(parts, met, pair) };
}

/** Without a user name the twin is removed, with one it is made; an existing one is never written. */
async function write(parts: ImportRouteParts, met: Met, { writable }: ObjectState, pair: Pair): Promise<WriteAnswer> {
  const [found] = met.existing;
  if (writable.kind === 'no') return { kind: 'refused', why: writable.why };
  if (pair.username === '') return found === undefined ? { kind: 'saved' } : removeRepository(parts, found);
  const problem = pairProblem(pair);
  if (found !== undefined || problem !== undefined) return { kind: 'refused', why: problem ?? 'it is there already' };
  const body = twinDocument(met.tree, met.identity, { username: pair.username, password: wireText(pair.secret) });
  if (body === undefined) return { kind: 'refused', why: "its original's document has a shape that can not be taken over" };
  const known = new Set([met.original.id, ...met.scope.map((listed) => listed.place.id)]);
  return importDocument(parts.rest, { body, modelVersion: met.tree.modelVersion }, pair, (id) => !known.has(id));
}

/** Bamboo's connection test is asked through the twin's own edit form, once there is one. */
async function test({ testAt }: ImportRouteParts, { existing: [found] }: Met, pair: Pair | 'stored'): Promise<TestAnswer> {
  return found === undefined ? { kind: 'not-offered', why: 'it is tested once it is there' } : testAt(found, pair);
}
