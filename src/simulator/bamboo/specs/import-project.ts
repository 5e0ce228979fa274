import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import type { Project } from '../model.ts';
import type { StoringScene } from '../pages/store.ts';
import { checked } from './checked.ts';
import { importCredential } from './import-credentials.ts';
import { ImportRefused } from './import-refused.ts';
import { readOwned } from './import-repository.ts';
import { PROJECT_CLASS } from './spec-classes.ts';
import { Description, Oid } from './spec-fields.ts';
import { classOf, type SpecMap } from './spec-value.ts';

const Body = z.strictObject({
  key: z.strictObject({ key: z.string().regex(/^[A-Z][A-Z0-9]*$/, 'key: must be capital letters and digits') }),
  name: z.string().nullish(),
  description: Description,
  oid: Oid,
  repositories: z.array(z.custom<SpecMap>()).nullish(),
  sharedCredentials: z.array(z.custom<SpecMap>()).nullish(),
  repositoryStoredSpecsData: z.unknown().optional(),
  variables: z.unknown().optional(),
});

/** Imports a project: first its credentials, then its repositories, as far as the first that is refused. What the document does not name stays. */
export function importProject(scene: StoringScene, entity: SpecMap): Project {
  if (classOf(entity) !== PROJECT_CLASS) throw new ImportRefused(`Class '${classOf(entity)}' is not a project.`);
  const body = checked(Body, entity);
  const project = projectNamed(scene.context, body.key.key, body.name ?? null, body.description);
  for (const credential of body.sharedCredentials ?? []) importCredential(scene, credential);
  const place = { context: scene.context, owner: { kind: 'project', project: project.key } } as const;
  for (const repository of body.repositories ?? []) readOwned(place, repository).store(scene);
  return project;
}

/** The project with this key; made where there is none. A name that is left out stays. */
export function projectNamed({ model }: BambooContext, key: string, name: string | null, description: string | null): Project {
  const before = model.projects.get(key);
  if (before === undefined && name === null) throw new ImportRefused(`There is no project ${key}, and no name for a new one.`);
  const untouched: Project = before ?? { key, name: '', description: '', own: [], plans: [] };
  const project = { ...untouched, name: name ?? untouched.name, description: description ?? untouched.description };
  model.projects.set(key, project);
  return project;
}
