import { REPOSITORY_TYPES } from '../repository-types.ts';
import { cloneControls } from './common-controls.ts';
import { type Control, choice, sectionOn, text } from './controls.ts';
import { OTHER_PASSWORD_NAMES } from './field-names.ts';

/** The controls of the Git type; setting names as third parties saw them [T]. */
export function gitControls(): Control[] {
  const password = OTHER_PASSWORD_NAMES.git;
  const source = 'repository.git.passwordCredentialsSource';
  const kinds = { PASSWORD: 'Username and password', SSH_KEYPAIR: 'SSH private key', NONE: 'None' };
  return [
    sectionOn('selectedRepository', REPOSITORY_TYPES.git.moduleKey, [
      text('repository.git.repositoryUrl', 'Repository URL'),
      choice('select', 'repository.git.authenticationType', 'Authentication type', kinds),
      sectionOn('repository.git.authenticationType', 'PASSWORD', [
        choice('select', source, 'Credentials', { CUSTOM: 'Username and password', SHARED_CREDENTIALS: 'Shared credentials' }),
        sectionOn(source, 'CUSTOM', [
          text('repository.git.username', 'Username'),
          { kind: 'secret', name: password.secret, flag: password.flag, setting: 'repository.git.password', label: 'Password' },
        ]),
        sectionOn(source, 'SHARED_CREDENTIALS', [
          { kind: 'loaded-select', name: 'repository.git.passwordSharedCredentials', label: 'Shared credentials', loads: 'credentials' },
        ]),
      ]),
      text('repository.git.branch', 'Branch', 'master'),
      ...cloneControls('repository.git'),
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
