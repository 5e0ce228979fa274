import { quotedScalar } from './yaml-scalar.ts';

const PREFIX = 'bamboo-rekey-prove-';
/** A run id in small letters: the moment, and three random bytes; with the number that tells a second one from the first. */
const RANDOM = /^\d{4}-\d{2}-\d{2}t\d{2}-\d{2}-\d{2}-\d{3}z-[0-9a-f]{6}( ?\(\d{1,3}\))?$/;

const CLOUD = 'com.atlassian.bamboo.specs.model.repository.bitbucket.cloud.BitbucketCloudRepositoryProperties';
const INLINE = 'com.atlassian.bamboo.specs.model.repository.git.UserPasswordAuthenticationProperties';

/** The name of the scratch repository of one proof; nobody else makes one like it. */
export function scratchName(runId: string): string {
  return `${PREFIX}${runId.toLowerCase()}`;
}

/** Whether a repository of this name is one that a proof has made, or that Bamboo has made in its place, as "… (2)"; a name that merely begins like it is somebody else's. */
export function isScratchName(name: string): boolean {
  return name.startsWith(PREFIX) && RANDOM.test(name.slice(PREFIX.length));
}

/** The user name that a proof writes: made up, of a domain that can't exist (RFC 2606). */
export function scratchUsername(step: string): string {
  return `prove-${step}@bamboo-rekey.invalid`;
}

/**
 * The import document of a scratch repository: keys that every version knows, some of them not at their default, so that a write that loses them shows.
 * Without an oid, and with a name that is not taken, an import makes a new repository.
 */
export function scratchDocument(name: string, { username, password }: { readonly username: string; readonly password: string }): string {
  return [
    '--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties',
    `rootEntity: !!${CLOUD}`,
    "  description: 'Made by bamboo-rekey doctor --prove. Nothing uses it: it may be removed.'",
    `  name: ${quotedScalar(name)}`,
    `  authenticationProperties: !!${INLINE}`,
    `    password: ${quotedScalar(password)}`,
    `    username: ${quotedScalar(username)}`,
    "  branch: 'proof'",
    "  commandTimeout: !!java.time.Duration 'PT1H35M'",
    `  repositorySlug: ${quotedScalar(`bamboo-rekey-prove/${name}`)}`,
    '  useShallowClones: true',
    '  useSubmodules: true',
    '  verboseLogs: true',
    '...',
    '',
  ].join('\n');
}
