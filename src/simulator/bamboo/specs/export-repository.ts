import type { BambooContext } from '../context.ts';
import { nameOf, type Repository } from '../model.ts';
import { writeLaterKeys } from './later-keys.ts';
import { codecOfKind } from './repository-codecs.ts';
import { type SpecMap, tagged } from './spec-value.ts';
import { writeViewer } from './viewer.ts';
import { documentText } from './write-document.ts';

/** A repository's own import document, as Bamboo writes it into its home. */
export function repositoryDocument(context: BambooContext, repository: Repository): string {
  const codec = codecOfKind(repository.kind);
  const entity = tagged(codec.className, {
    description: repository.settings.repositoryDescription || null,
    name: nameOf(repository),
    oid: { oid: repository.oid },
    parent: null,
    project: projectOf(context, repository),
    repositoryViewerProperties: writeViewer(repository.settings),
    ...sorted({ ...codec.write(context, repository), ...writeLaterKeys(context.traits, repository.settings) }),
  });
  return documentText(entity, context.version);
}

/** The library writes what all repositories have first, and then the keys of the type by their names [A]. */
function sorted(own: SpecMap): SpecMap {
  return Object.fromEntries(Object.entries(own).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function projectOf({ model }: BambooContext, { owner }: Repository): SpecMap | null {
  if (owner.kind !== 'project') return null;
  const project = model.projects.get(owner.project);
  return {
    description: project?.description || null,
    key: { key: owner.project },
    name: project?.name ?? null,
    oid: null,
    repositories: [],
    repositoryStoredSpecsData: null,
    sharedCredentials: [],
    variables: [],
  };
}
