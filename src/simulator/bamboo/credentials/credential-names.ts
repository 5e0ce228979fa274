import type { CredentialKind } from '../model.ts';
import type { FieldFamily } from '../traits.ts';

interface PasswordNames {
  readonly username: string;
  readonly flag: string;
  readonly secret: string;
}

/**
 * The names inside a shared credential's form are not known. Each family copies the pattern of one repository type whose names
 * Atlassian published, once without a prefix and twice with one.
 */
export const PASSWORD_NAMES: Readonly<Record<FieldFamily, PasswordNames>> = {
  git: { username: 'username', flag: 'temporary.password.change', secret: 'temporary.password' },
  github: { username: 'credentials.username', flag: 'temporary.credentials.password.change', secret: 'credentials.temporary.password' },
  svn: { username: 'sharedCredentials.username', flag: 'temporary.sharedCredentials.passwordChange', secret: 'temporary.sharedCredentials.password' },
};

/** Key and passphrase of an SSH credential. */
export const SSH_NAMES = {
  key: { flag: 'temporary.sshKey.change', secret: 'temporary.sshKey' },
  passphrase: { flag: 'temporary.sshPassphrase.change', secret: 'temporary.sshPassphrase' },
} as const;

/** What the list shows as a credential's type; only the first module key is known [T]. */
export const CREDENTIAL_TYPES: Readonly<Record<CredentialKind, { readonly display: string; readonly moduleKey: string }>> = {
  'username-password': { display: 'Username and password', moduleKey: 'com.atlassian.bamboo.plugin.sharedCredentials:usernamePasswordCredentials' },
  ssh: { display: 'SSH', moduleKey: 'com.atlassian.bamboo.plugin.sharedCredentials:sshCredentials' },
  aws: { display: 'AWS', moduleKey: 'com.atlassian.bamboo.plugin.sharedCredentials:awsCredentials' },
};
