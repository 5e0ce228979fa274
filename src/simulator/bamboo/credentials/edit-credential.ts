import { z } from 'zod';
import { SimulatorError } from '../../simulator-error.ts';
import { type BambooModel, CREDENTIAL_NAME, type SharedCredential } from '../model.ts';
import type { Traits } from '../traits.ts';
import { PASSWORD_NAMES } from './credential-names.ts';

/** What somebody else may do to a shared credential: rename it, write it, or put one of another type in its place. */
export const CredentialEdit = z.strictObject({
  name: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  type: z.enum(['username-password', 'ssh', 'aws']).optional(),
});

/** A change of some of it. */
export type CredentialEdit = z.infer<typeof CredentialEdit>;

/** Changes a shared credential, as somebody else at another screen would. */
export function editCredential(model: BambooModel, traits: Traits, id: string, edit: CredentialEdit): void {
  const credential = credentialAt(model, id);
  credential.settings = {
    ...credential.settings,
    ...(edit.name === undefined ? {} : { [CREDENTIAL_NAME]: edit.name }),
    ...(edit.username === undefined ? {} : { [PASSWORD_NAMES[traits.family].username]: edit.username }),
  };
  if (edit.password !== undefined) credential.secrets = { ...credential.secrets, password: edit.password };
  if (edit.type !== undefined) credential.kind = edit.type;
}

/** Deletes a shared credential; the repositories that use it go on naming it. */
export function removeCredential(model: BambooModel, id: string): void {
  model.credentials.delete(credentialAt(model, id).id);
}

function credentialAt(model: BambooModel, id: string): SharedCredential {
  const credential = model.credentials.get(id);
  if (credential === undefined) throw new SimulatorError(`There is no shared credential with the id ${id}.`);
  return credential;
}
