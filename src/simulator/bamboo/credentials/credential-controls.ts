import { type Control, text } from '../forms/controls.ts';
import { CREDENTIAL_NAME, type CredentialKind } from '../model.ts';
import type { Traits } from '../traits.ts';
import { PASSWORD_NAMES, SSH_NAMES } from './credential-names.ts';

/** The controls of every kind of shared credential, in document order. */
export type CredentialDefinitions = Readonly<Record<CredentialKind, readonly Control[]>>;

/** The name comes first or last; what follows belongs to the type, and its names are a free choice. */
export function credentialDefinitions(traits: Traits): CredentialDefinitions {
  const name: Control = { kind: 'text', name: CREDENTIAL_NAME, label: 'Credential name', required: true };
  const whole = (own: readonly Control[]): Control[] => (traits.order === 'usual' ? [name, ...own] : [...own, name]);
  return { 'username-password': whole(passwordControls(traits)), ssh: whole(sshControls()), aws: whole(awsControls()) };
}

function passwordControls(traits: Traits): Control[] {
  const names = PASSWORD_NAMES[traits.family];
  return [
    { kind: 'text', name: names.username, label: 'Username', required: true },
    { kind: 'secret', name: names.secret, flag: names.flag, setting: 'password', label: 'Password' },
  ];
}

function sshControls(): Control[] {
  const { key, passphrase } = SSH_NAMES;
  return [
    { kind: 'secret', name: key.secret, flag: key.flag, setting: 'key', label: 'SSH key', multiline: true },
    { kind: 'secret', name: passphrase.secret, flag: passphrase.flag, setting: 'passphrase', label: 'SSH passphrase' },
  ];
}

function awsControls(): Control[] {
  return [
    text('accessKey', 'Access key ID'),
    { kind: 'secret', name: 'temporary.secretKey', flag: 'temporary.secretKey.change', setting: 'secretKey', label: 'Secret access key' },
  ];
}
