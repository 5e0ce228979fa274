import { type BambooModel, type CredentialKind, type CredentialTask, credentialName, type SharedCredential } from '../model.ts';
import type { Traits } from '../traits.ts';
import { PASSWORD_NAMES } from './credential-names.ts';

/** One shared credential as the server holds it, secrets in clear: for asserting what is stored. */
export interface SharedCredentialDump {
  readonly id: string;
  readonly oid: string;
  readonly level: 'global' | 'project';
  readonly project: string | null;
  readonly type: CredentialKind;
  readonly name: string;
  /** `null` for kinds without one. */
  readonly username: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly tasks: readonly CredentialTask[];
}

/** Copies of all shared credentials, in the order of their making. */
export function dumpCredentials(model: BambooModel, traits: Traits): SharedCredentialDump[] {
  return [...model.credentials.values()].map((credential) => ({
    id: credential.id,
    oid: credential.oid,
    level: credential.project === null ? 'global' : 'project',
    project: credential.project,
    type: credential.kind,
    name: credentialName(credential),
    username: credential.kind === 'username-password' ? usernameOf(traits, credential) : null,
    settings: { ...credential.settings },
    secrets: { ...credential.secrets },
    tasks: [...credential.tasks],
  }));
}

/** The user name of a credential that has one; empty for all others. */
export function usernameOf(traits: Traits, credential: SharedCredential): string {
  return credential.settings[PASSWORD_NAMES[traits.family].username] ?? '';
}
