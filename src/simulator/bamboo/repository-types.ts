/** One kind of repository that the simulator can list and show. */
export interface RepositoryType {
  readonly key: RepositoryKind;
  readonly moduleKey: string;
  readonly display: string;
}

/** Short words for the kinds of repository. */
export type RepositoryKind = 'bbCloud' | 'git' | 'bbServer' | 'github' | 'svn' | 'example';

const PLUGINS = 'com.atlassian.bamboo.plugins';

/** Module keys of bbCloud and gitv2 stand in Atlassian's SQL; the others are free choices of the same shape; the last stands for a plug-in of somebody else. */
export const REPOSITORY_TYPES: Readonly<Record<RepositoryKind, RepositoryType>> = {
  bbCloud: { key: 'bbCloud', moduleKey: `${PLUGINS}.atlassian-bamboo-plugin-bitbucket:bbCloud`, display: 'Bitbucket Cloud' },
  git: { key: 'git', moduleKey: `${PLUGINS}.atlassian-bamboo-plugin-git:gitv2`, display: 'Git' },
  bbServer: { key: 'bbServer', moduleKey: `${PLUGINS}.stash.atlassian-bamboo-plugin-stash:bbserver`, display: 'Bitbucket Server / Stash' },
  github: { key: 'github', moduleKey: `${PLUGINS}.atlassian-bamboo-plugin-git:ghv2`, display: 'GitHub' },
  svn: { key: 'svn', moduleKey: `${PLUGINS}.atlassian-bamboo-plugin-svn:svnv2`, display: 'Subversion' },
  example: { key: 'example', moduleKey: 'com.example.plugin:vcs', display: 'Example VCS' },
};

/** The kind that a module key stands for. */
export function kindOfModuleKey(moduleKey: string): RepositoryKind | null {
  return Object.values(REPOSITORY_TYPES).find((type) => type.moduleKey === moduleKey)?.key ?? null;
}
