import type { Request, Response } from 'express';
import type { BambooContext } from './context.ts';
import { incomingOf, repositoryIdOf } from './incoming.ts';
import { isSpecMap } from './specs/spec-value.ts';

/** The repository that a request is about: by the id that it names, or by the oid in a document that is imported. */
export function subjectOf(context: BambooContext, request: Request, response: Response): string | null {
  return repositoryIdOf(request, response) ?? importedId(context, response);
}

function importedId({ model }: BambooContext, response: Response): string | null {
  const incoming = incomingOf(response);
  if (incoming.kind !== 'yaml') return null;
  const { document } = incoming;
  const oid = document.kind === 'entity' && isSpecMap(document.entity.oid) ? document.entity.oid.oid : null;
  for (const each of model.repositories.values()) if (each.oid === oid) return each.id;
  return null;
}
