import type { Request, Response } from 'express';
import { connectionErrors } from '../connection.ts';
import type { BambooContext } from '../context.ts';
import { applyPosted } from '../forms/apply-posted.ts';
import { initialSettings } from '../forms/controls.ts';
import type { PostedForm } from '../forms/posted-form.ts';
import { validate } from '../forms/validate.ts';
import { incomingOf } from '../incoming.ts';
import type { Repository } from '../model.ts';
import { kindOfModuleKey } from '../repository-types.ts';
import { sendJson, sendRestError } from './answers.ts';

/** `PUT /repository/testConnection`: tries what the fields say, with the stored secret unless the flag brings another [P]. */
export function testConnection(context: BambooContext, _request: Request, response: Response): void {
  const incoming = incomingOf(response);
  if (incoming.kind !== 'json') return sendRestError(context, response, 400, 'A JSON object of form fields is expected.');
  const subject = subjectOf(context, incoming.fields);
  if (typeof subject === 'string') return sendRestError(context, response, 400, subject);
  const controls = context.definitions[subject.kind];
  const state = applyPosted(controls, incoming.fields, subject);
  // The published body names the module key, the id and the type's fields only, so nothing else may be demanded [P].
  const errors = validate({ model: context.model, traits: context.traits, controls }, subject, incoming.fields, state);
  errors.delete('repositoryName');
  if (errors.size > 0) {
    const fieldErrors = Object.fromEntries([...errors].map(([name, text]) => [name, [text]]));
    return sendJson(response, { errors: [], fieldErrors }, 400);
  }
  sendJson(response, { connectionErrors: connectionErrors(context, subject.kind, state) });
}

/** The stored repository, or one that is not stored yet; a sentence where the fields name neither. */
function subjectOf(context: BambooContext, fields: PostedForm): Repository | string {
  const kind = kindOfModuleKey(fields.text('selectedRepository'));
  if (kind === null) return 'selectedRepository does not name a repository type.';
  const id = fields.text('repositoryId');
  if (id === '' || id === '0') return blank(context, kind);
  const stored = context.model.repositories.get(id);
  if (stored === undefined) return `No repository with id ${id} found.`;
  return stored.kind === kind ? stored : 'The repository is of another type.';
}

function blank(context: BambooContext, kind: Repository['kind']): Repository {
  const settings = initialSettings(context.definitions[kind]);
  return { id: '', oid: '', kind, owner: { kind: 'global' }, settings, secrets: {}, usedByPlans: [], environments: [] };
}
