import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { faultOf } from '../faults/meet-faults.ts';
import { initialSettings } from '../forms/controls.ts';
import { NAME_SETTING, nameOf, type Owner, type Repository, siblingsOf } from '../model.ts';
import { type StoringScene, storeRepository } from '../pages/store.ts';
import type { RepositoryKind } from '../repository-types.ts';
import { checked } from './checked.ts';
import { ImportRefused } from './import-refused.ts';
import { isLaterKey, readLaterKeys } from './later-keys.ts';
import { codecOfClass } from './repository-codecs.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { Description, Name, Oid, ProjectKey } from './spec-fields.ts';
import { CLASS, classOf, type SpecMap, type SpecValue } from './spec-value.ts';
import { readViewer } from './viewer.ts';

const HEAD = {
  name: Name,
  description: Description,
  oid: Oid,
  project: ProjectKey,
  parent: z.null('parent: only a plan names one').optional(),
  repositoryViewerProperties: z.unknown().optional(),
};
const Head = z.strictObject(HEAD);

/** A repository that was read and may be stored: nothing is changed before all of a document was read. */
export interface ReadyRepository {
  readonly store: (scene: StoringScene) => Repository;
}

interface Wanted {
  readonly kind: RepositoryKind;
  readonly oid: string | null;
  readonly owner: Owner;
  readonly state: ReadState;
}

/** Reads a repository that stands alone: global, or of the project that it names. */
export function readRepository(context: BambooContext, entity: SpecMap): ReadyRepository {
  const project = ProjectKey.safeParse(entity.project).data ?? null;
  if (project !== null && !context.model.projects.has(project)) throw new ImportRefused(`There is no project ${project}.`);
  return readOwned({ context, owner: project === null ? { kind: 'global' } : { kind: 'project', project } }, entity);
}

/** Reads a repository of an owner that is known already. */
export function readOwned(place: ReadingPlace, entity: SpecMap): ReadyRepository {
  const codec = codecOfClass(classOf(entity));
  if (codec === null) throw new ImportRefused(`Class '${classOf(entity)}' is not a repository.`);
  const wanted = wantedFrom(place, codec, entity);
  const found = matching(place.context, wanted);
  return { store: (scene) => (found === null ? addRepository(scene, wanted) : update(scene, found, wanted)) };
}

function wantedFrom(place: ReadingPlace, codec: RepositoryCodec, entity: SpecMap): Wanted {
  const { traits } = place.context;
  const [headPart, rest] = parted(entity, (key) => Object.hasOwn(HEAD, key));
  const [, own] = parted(rest, (key) => isLaterKey(traits, key));
  const head = checked(Head, headPart);
  const kind = codec.kindOf(entity);
  if (kind === null) throw new ImportRefused('No plug-in of this server knows the module key of the repository.');
  const { settings, secrets } = codec.read(place, own);
  const common = { [NAME_SETTING]: head.name, repositoryDescription: head.description };
  const said = { ...common, ...readViewer(entity.repositoryViewerProperties), ...readLaterKeys(traits, entity), ...settings };
  return { kind, oid: head.oid, owner: place.owner, state: { settings: withoutUnset(place.context, kind, said), secrets } };
}

/** What no form of the type shows is held only where it says something. */
function withoutUnset(context: BambooContext, kind: RepositoryKind, said: Readonly<Record<string, string>>): Record<string, string> {
  const shown = initialSettings(context.definitions[kind]);
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => Object.hasOwn(shown, name) || (value !== '' && value !== 'CUSTOM')));
}

function parted(entity: SpecMap, isFirst: (key: string) => boolean): [SpecMap, SpecMap] {
  const pick = (wanted: boolean): [string, SpecValue][] => Object.entries(entity).filter(([key]) => isFirst(key) === wanted);
  const className = entity[CLASS] ?? '';
  return [Object.fromEntries(pick(true)), { ...Object.fromEntries(pick(false)), [CLASS]: className }];
}

/** By oid where one is given [T], else by name within the scope [I]; `null` for what matches nothing. */
function matching({ model, traits }: BambooContext, { kind, oid, owner, state }: Wanted): Repository | null {
  const name = state.settings[NAME_SETTING];
  const inScope = siblingsOf(model, owner)
    .map((id) => model.repositories.get(id))
    .filter((each) => each !== undefined);
  const found = inScope.find((each) => (oid === null ? nameOf(each) === name : each.oid === oid)) ?? null;
  if (found !== null && found.kind !== kind) throw new ImportRefused('The repository is of another type.');
  const isElsewhere = found === null && [...model.repositories.values()].some((each) => each.oid === oid);
  if (isElsewhere && traits.oidElsewhere === 'refused') throw new ImportRefused('A repository of another scope has this oid.');
  const isTaken = found !== null && inScope.some((each) => each !== found && nameOf(each) === name);
  if (isTaken) throw new ImportRefused('A repository with this name already exists.');
  return found;
}

/** A full replacement: what a document can say and does not is as nobody has touched it; what none can say stays. */
function update(scene: StoringScene, found: Repository, { state }: Wanted): Repository {
  const shown = initialSettings(scene.context.definitions[found.kind]);
  const kept = Object.entries(found.settings).filter(([name]) => Object.hasOwn(shown, name));
  return storeRepository(scene, found, { settings: { ...Object.fromEntries(kept), ...state.settings }, secrets: { ...state.secrets } });
}

function addRepository({ context, response }: StoringScene, { kind, oid, owner, state }: Wanted): Repository {
  const { model, definitions } = context;
  const id = String(model.nextId);
  const made: Repository = {
    id,
    oid: oid ?? `made${BigInt(id).toString(36)}`,
    kind,
    owner,
    settings: { ...initialSettings(definitions[kind]), ...state.settings },
    secrets: { ...state.secrets },
    usedByPlans: owner.kind === 'plan' ? [owner.plan] : [],
    environments: [],
  };
  if (faultOf(response)?.kind === 'save-ignored') return made;
  model.nextId += 1n;
  model.repositories.set(id, made);
  (siblingsOf(model, owner) as string[]).push(id);
  return made;
}
