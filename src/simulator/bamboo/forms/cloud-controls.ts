import { REPOSITORY_TYPES } from '../repository-types.ts';
import type { Traits } from '../traits.ts';
import { cloneControls } from './common-controls.ts';
import { type Control, checkbox, choice, section, sectionOn, text } from './controls.ts';
import { CLOUD_PASSWORD_NAMES, CLOUD_SSH_NAMES, OTHER_PASSWORD_NAMES } from './field-names.ts';

/** `repository.bitbucket.username` is literal in Atlassian's SQL; the rest of the names follows the ids that third parties saw. */
export const CLOUD = 'repository.bitbucket';

/** Names of the settings of a Bitbucket Cloud repository that decide how it logs in. */
export function cloudSettingNames(traits: Traits) {
  return {
    accessLevel: `${CLOUD}.accessLevel`,
    source: `${CLOUD}.passwordCredentialsSource`,
    username: `${CLOUD}.username`,
    password: `${CLOUD}.password`,
    passwordCredentials: `${CLOUD}.passwordSharedCredentials${traits.credentialSuffix}`,
    repository: `${CLOUD}.repository`,
    branch: `${CLOUD}.branch`,
    authenticationType: `${CLOUD}.authenticationType`,
    sshSource: `${CLOUD}.sshCredentialsSource`,
    sshCredentials: `${CLOUD}.sshSharedCredentials${traits.credentialSuffix}`,
    sshKey: `${CLOUD}.ssh.key`,
    passphrase: `${CLOUD}.ssh.passphrase`,
    webhook: `${CLOUD}.webhookEnabled`,
    notify: `${CLOUD}.notify`,
  } as const;
}

type Names = ReturnType<typeof cloudSettingNames>;

/** The controls of the Bitbucket Cloud type. */
export function cloudControls(traits: Traits): Control[] {
  const names = cloudSettingNames(traits);
  const parts = [accessPart(traits, names), repositoryPart(names), checkoutPart(traits, names), advancedPart(traits, names)];
  const ordered = traits.order === 'usual' ? parts : [...parts].reverse();
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.bbCloud.moduleKey, [...ordered, { kind: 'button', id: testButtonId(), label: 'Test connection' }]),
    ...(traits.decoys ? [gitLookAlike()] : []),
  ];
}

/** The id of the test button as a browser script in the wild uses it [T]. */
function testButtonId(): string {
  return 'test-connection-com-atlassian-bamboo-plugins-atlassian-bamboo-plugin-bitbucket-bbCloud';
}

function accessPart(traits: Traits, names: Names): Control {
  const password = CLOUD_PASSWORD_NAMES[traits.family];
  const inline: Control[] = [
    text(names.username, 'Username'),
    { kind: 'secret', name: password.secret, flag: password.flag, setting: names.password, label: 'Password' },
  ];
  return section('Access', [
    choice(traits.choice, names.accessLevel, 'Access level', { PRIVATE: 'Private', PUBLIC: 'Public' }),
    sectionOn(names.accessLevel, 'PRIVATE', [
      choice('select', names.source, 'Credentials', { CUSTOM: 'Username and password', SHARED_CREDENTIALS: 'Shared credentials' }),
      sectionOn(names.source, 'CUSTOM', inline),
      sectionOn(names.source, 'SHARED_CREDENTIALS', [
        { kind: 'loaded-select', name: names.passwordCredentials, label: 'Shared credentials', loads: 'credentials' },
      ]),
    ]),
  ]);
}

function repositoryPart(names: Names): Control {
  return section('Repository', [
    { kind: 'loaded-select', name: names.repository, label: 'Repository', required: true, loads: 'repositories' },
    { kind: 'button', id: 'repository-bitbucket-load-repositories', label: 'Load repositories' },
    { kind: 'loaded-select', name: names.branch, label: 'Branch', required: true, loads: 'branches' },
  ]);
}

function checkoutPart(traits: Traits, names: Names): Control {
  const own: Control[] = [
    { kind: 'secret', name: CLOUD_SSH_NAMES.key.secret, flag: CLOUD_SSH_NAMES.key.flag, setting: names.sshKey, label: 'SSH key', multiline: true },
    ...(traits.decoys ? [passphrase(names)] : []),
  ];
  return section('Checkout', [
    choice(traits.choice, names.authenticationType, 'Authentication type', { PASSWORD: 'Same as above', SSH_KEYPAIR: 'SSH private key' }),
    sectionOn(names.authenticationType, 'SSH_KEYPAIR', [
      choice('select', names.sshSource, 'SSH credentials', { CUSTOM: 'SSH private key', SHARED_CREDENTIALS: 'Shared credentials' }),
      sectionOn(names.sshSource, 'CUSTOM', own),
      sectionOn(names.sshSource, 'SHARED_CREDENTIALS', [
        { kind: 'loaded-select', name: names.sshCredentials, label: 'Shared credentials', loads: 'credentials' },
      ]),
    ]),
  ]);
}

function passphrase(names: Names): Control {
  return { kind: 'secret', name: CLOUD_SSH_NAMES.passphrase.secret, flag: CLOUD_SSH_NAMES.passphrase.flag, setting: names.passphrase, label: 'Passphrase' };
}

function advancedPart(traits: Traits, names: Names): Control {
  const choices = [
    { value: 'success', label: 'Success' },
    { value: 'failure', label: 'Failure' },
    { value: 'first-failure', label: 'First failure' },
  ];
  const odd: Control[] = [
    { kind: 'multiple-select', name: names.notify, label: 'Build status updates', choices },
    { kind: 'disabled-select', name: `${CLOUD}.mirror`, label: 'Mirror', choices: [{ value: 'inherited', label: 'As the server' }] },
  ];
  return section('Advanced', [...cloneControls(CLOUD), checkbox(names.webhook, 'Webhook'), ...(traits.decoys ? odd : [])]);
}

function gitLookAlike(): Control {
  return sectionOn('selectedRepository', REPOSITORY_TYPES.git.moduleKey, [
    { kind: 'foreign-secret', name: OTHER_PASSWORD_NAMES.git.secret, flag: OTHER_PASSWORD_NAMES.git.flag, label: 'Password' },
    { kind: 'foreign-secret', name: OTHER_PASSWORD_NAMES.github.secret, flag: OTHER_PASSWORD_NAMES.github.flag, label: 'Password' },
  ]);
}
