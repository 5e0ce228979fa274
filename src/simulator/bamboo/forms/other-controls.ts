import { REPOSITORY_TYPES } from '../repository-types.ts';
import { cloneControls } from './common-controls.ts';
import { type Control, choice, sectionOn, text } from './controls.ts';
import { GIT_SSH_NAMES, OTHER_PASSWORD_NAMES } from './field-names.ts';

/** Names of the settings of a Git repository that decide where it is and how it logs in [T]. */
export const GIT_SETTINGS = {
  url: 'repository.git.repositoryUrl',
  branch: 'repository.git.branch',
  authenticationType: 'repository.git.authenticationType',
  source: 'repository.git.passwordCredentialsSource',
  passwordCredentials: 'repository.git.passwordSharedCredentials',
  username: 'repository.git.username',
  password: 'repository.git.password',
  sshSource: 'repository.git.sshCredentialsSource',
  sshCredentials: 'repository.git.sshSharedCredentials',
  sshKey: 'repository.git.ssh.key',
  passphrase: 'repository.git.ssh.passphrase',
} as const;

const OWN_OR_SHARED = { CUSTOM: 'Username and password', SHARED_CREDENTIALS: 'Shared credentials' } as const;

/** The controls of the Git type. */
export function gitControls(): Control[] {
  const kinds = { PASSWORD: 'Username and password', SSH_KEYPAIR: 'SSH private key', NONE: 'None' };
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.git.moduleKey, [
      text(GIT_SETTINGS.url, 'Repository URL'),
      choice('select', GIT_SETTINGS.authenticationType, 'Authentication type', kinds),
      sectionOn(GIT_SETTINGS.authenticationType, 'PASSWORD', gitPassword()),
      sectionOn(GIT_SETTINGS.authenticationType, 'SSH_KEYPAIR', gitKey()),
      text(GIT_SETTINGS.branch, 'Branch', 'master'),
      ...cloneControls('repository.git'),
    ]),
  ];
}

function gitPassword(): Control[] {
  const password = OTHER_PASSWORD_NAMES.git;
  return [
    choice('select', GIT_SETTINGS.source, 'Credentials', OWN_OR_SHARED),
    sectionOn(GIT_SETTINGS.source, 'CUSTOM', [
      text(GIT_SETTINGS.username, 'Username'),
      { kind: 'secret', name: password.secret, flag: password.flag, setting: GIT_SETTINGS.password, label: 'Password' },
    ]),
    sectionOn(GIT_SETTINGS.source, 'SHARED_CREDENTIALS', [
      { kind: 'loaded-select', name: GIT_SETTINGS.passwordCredentials, label: 'Shared credentials', loads: 'credentials' },
    ]),
  ];
}

function gitKey(): Control[] {
  const { key, passphrase } = GIT_SSH_NAMES;
  return [
    choice('select', GIT_SETTINGS.sshSource, 'SSH credentials', { ...OWN_OR_SHARED, CUSTOM: 'SSH private key' }),
    sectionOn(GIT_SETTINGS.sshSource, 'CUSTOM', [
      { kind: 'secret', name: key.secret, flag: key.flag, setting: GIT_SETTINGS.sshKey, label: 'SSH key', multiline: true },
      { kind: 'secret', name: passphrase.secret, flag: passphrase.flag, setting: GIT_SETTINGS.passphrase, label: 'Passphrase' },
    ]),
    sectionOn(GIT_SETTINGS.sshSource, 'SHARED_CREDENTIALS', [
      { kind: 'loaded-select', name: GIT_SETTINGS.sshCredentials, label: 'Shared credentials', loads: 'credentials' },
    ]),
  ];
}

/** GitHub: `temporary.github.password.change` with `repository.github.temporary.password` [D]. */
export function githubControls(): Control[] {
  const password = OTHER_PASSWORD_NAMES.github;
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.github.moduleKey, [
      text('repository.github.username', 'Username'),
      { kind: 'secret', name: password.secret, flag: password.flag, setting: 'repository.github.password', label: 'Password' },
      { kind: 'loaded-select', name: 'repository.github.repository', label: 'Repository', loads: 'repositories' },
      text('repository.github.branch', 'Branch', 'main'),
      ...cloneControls('repository.github'),
    ]),
  ];
}

/** Subversion: `temporary.svn.passwordChange` with `temporary.svn.password` [D]. */
export function subversionControls(): Control[] {
  const password = OTHER_PASSWORD_NAMES.svn;
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.svn.moduleKey, [
      text('repository.svn.repositoryUrl', 'Repository URL'),
      text('repository.svn.username', 'Username'),
      { kind: 'secret', name: password.secret, flag: password.flag, setting: 'repository.svn.password', label: 'Password' },
    ]),
  ];
}

/** Bitbucket Server: linked by the application link, so without a credential of its own. */
export function bitbucketServerControls(): Control[] {
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.bbServer.moduleKey, [
      text('repository.stash.server', 'Server'),
      text('repository.stash.projectKey', 'Project key'),
      text('repository.stash.repositorySlug', 'Repository slug'),
      text('repository.stash.branch', 'Branch', 'master'),
      ...cloneControls('repository.stash'),
    ]),
  ];
}

/** A type of somebody else's plug-in, as Atlassian's own fixtures have one. */
export function exampleControls(): Control[] {
  return [sectionOn('selectedRepository', REPOSITORY_TYPES.example.moduleKey, [text('repository.example.username', 'Username')])];
}
