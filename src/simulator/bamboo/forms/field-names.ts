import type { FieldFamily } from '../traits.ts';

interface FlagAndSecret {
  readonly flag: string;
  readonly secret: string;
}

/**
 * The names of Bitbucket Cloud's change flag and secret are not known. Each family copies the pattern of one type whose
 * names Atlassian published: `temporary.git.password.change` with `temporary.git.password`, and so on.
 */
export const CLOUD_PASSWORD_NAMES: Readonly<Record<FieldFamily, FlagAndSecret>> = {
  git: { flag: 'temporary.bitbucket.password.change', secret: 'temporary.bitbucket.password' },
  github: { flag: 'temporary.bitbucket.password.change', secret: 'repository.bitbucket.temporary.password' },
  svn: { flag: 'temporary.bitbucket.passwordChange', secret: 'temporary.bitbucket.password' },
};

/** The passphrase and key of a Bitbucket Cloud repository that is checked out over SSH: named after the Git type's. */
export const CLOUD_SSH_NAMES = {
  key: { flag: 'temporary.bitbucket.ssh.key.change', secret: 'temporary.bitbucket.ssh.key' },
  passphrase: { flag: 'temporary.bitbucket.ssh.passphrase.change', secret: 'temporary.bitbucket.ssh.passphrase' },
} as const;

/** Key and passphrase of a Git repository that is checked out over SSH: named after its password's. */
export const GIT_SSH_NAMES = {
  key: { flag: 'temporary.git.ssh.key.change', secret: 'temporary.git.ssh.key' },
  passphrase: { flag: 'temporary.git.ssh.passphrase.change', secret: 'temporary.git.ssh.passphrase' },
} as const;

/** Git and GitHub: from Atlassian's plugin source [D]; Subversion too. Bitbucket Server's are a free choice. */
export const OTHER_PASSWORD_NAMES = {
  git: { flag: 'temporary.git.password.change', secret: 'temporary.git.password' },
  github: { flag: 'temporary.github.password.change', secret: 'repository.github.temporary.password' },
  svn: { flag: 'temporary.svn.passwordChange', secret: 'temporary.svn.password' },
} as const;
