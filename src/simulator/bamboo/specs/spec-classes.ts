const SPECS = 'com.atlassian.bamboo.specs';

/** The class of every imported document. */
export const DOCUMENT_CLASS = `${SPECS}.util.BambooSpecProperties`;

/** The classes of repositories in Atlassian's library 9.2.1 [A]. */
export const REPOSITORY_CLASSES = {
  bbCloud: `${SPECS}.model.repository.bitbucket.cloud.BitbucketCloudRepositoryProperties`,
  bbServer: `${SPECS}.model.repository.bitbucket.server.BitbucketServerRepositoryProperties`,
  git: `${SPECS}.model.repository.git.GitRepositoryProperties`,
  github: `${SPECS}.model.repository.github.GitHubRepositoryProperties`,
  any: `${SPECS}.api.model.repository.AnyVcsRepositoryProperties`,
} as const;

/** The classes of what a repository logs in with. */
export const LOGIN_CLASSES = {
  password: `${SPECS}.model.repository.git.UserPasswordAuthenticationProperties`,
  shared: `${SPECS}.model.repository.git.SharedCredentialsAuthenticationProperties`,
  key: `${SPECS}.model.repository.git.SshPrivateKeyAuthenticationProperties`,
} as const;

/** Repositories of others that a plan names. */
export const LINK_CLASSES = {
  global: `${SPECS}.api.model.repository.PlanRepositoryLinkProperties$LinkedGlobalRepository`,
  project: `${SPECS}.api.model.repository.PlanRepositoryLinkProperties$ProjectRepository`,
} as const;

/** The class of a project. */
export const PROJECT_CLASS = `${SPECS}.api.model.project.ProjectProperties`;

/** The class of a plan. */
export const PLAN_CLASS = `${SPECS}.api.model.plan.PlanProperties`;

/** The class of the viewer that stands with every Bitbucket Cloud repository. */
export const VIEWER_CLASS = `${SPECS}.api.model.repository.viewer.AnyVcsRepositoryViewerProperties`;

/** A length of time, the one class that is not of the library. */
export const DURATION_CLASS = 'java.time.Duration';

/** Only classes that hold properties of the library may stand in a document: the import makes objects of them [A]. */
export function isAllowedClass(name: string): boolean {
  return name === DURATION_CLASS || name === DOCUMENT_CLASS || /^com\.atlassian\.bamboo\.specs\.(api\.)?(model|builders)\.[\w.$]+$/.test(name);
}
