import { z } from 'zod';

/** Module key of the Bitbucket Cloud repository type [D, Atlassian's published SQL]. */
export const BITBUCKET_CLOUD_MODULE = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloud';
/** Module key of the Git repository type [T]. */
export const GIT_MODULE = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-git:gitv2';
/** The user name that git on bitbucket.org wants with an API token; the email does not work there [D, M]. */
export const GIT_TOKEN_USERNAME = 'x-bitbucket-api-token-auth';

export const ObjectType = z.enum(['repository', 'shared-credential', 'twin']);
/** What kind of thing on the server holds the credential. */
export type ObjectType = z.infer<typeof ObjectType>;

export const Level = z.enum(['global', 'project', 'plan', 'branch']);
/** Who owns the object: the server (linked repository), a project, a plan, or a plan branch's override. */
export type Level = z.infer<typeof Level>;

export const Kind = z.enum(['bitbucket-cloud', 'git', 'credentials']);
/** The repository type, or `credentials` for a shared credential. */
export type Kind = z.infer<typeof Kind>;

export const CredentialKind = z.enum(['app-password', 'api-token', 'shared', 'ssh', 'none', 'unknown']);
/** What an object logs in with. */
export type CredentialKind = z.infer<typeof CredentialKind>;

export const Credential = z.strictObject({
  kind: CredentialKind,
  username: z.string().optional(),
  shared: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  /** The kind was concluded from the user name: a password cannot be read back. */
  inferred: z.literal(true).optional(),
});
/** What stands in one credential slot. */
export type Credential = z.infer<typeof Credential>;

export const Place = z.strictObject({
  object: ObjectType,
  id: z.string(),
  level: Level,
  /** Key of the owning project, at project, plan and branch level. */
  project: z.string().optional(),
  /** Key of the plan (at branch level: of the plan branch). */
  plan: z.string().optional(),
  name: z.string(),
  /** Of a shared credential, where the database tells it: an import finds the credential by it, and else by name. */
  oid: z.string().optional(),
});
/** Where an object stands: all that a route needs to find it again. Ids are strings, unique within `object`. */
export type Place = z.infer<typeof Place>;

export const CredentialUser = z.strictObject({ ...Place.shape, workspace: z.string(), slug: z.string() });
/** A repository that uses a shared credential: through it a new secret is checked beforehand and verified afterwards. */
export type CredentialUser = z.infer<typeof CredentialUser>;

export const Usage = z.strictObject({
  plans: z.number().int(),
  environments: z.number().int(),
  repositories: z.number().int().optional(),
  /** Keys of the projects whose plans use it, sorted. */
  projects: z.array(z.string()),
  /** Plans and environments that use it and that the account may not see. */
  inaccessiblePlans: z.number().int(),
  inaccessibleEnvironments: z.number().int(),
});
/** The blast radius: what stops or goes on working with the object. */
export type Usage = z.infer<typeof Usage>;

/** `GET /info` [P]. `state` is one of SETUP STARTING RUNNING PAUSING PREPARING_FOR_RESTART READY_FOR_RESTART PAUSED. */
export interface ServerInfo {
  readonly version: string;
  readonly state: string;
  readonly buildNumber?: string;
}
