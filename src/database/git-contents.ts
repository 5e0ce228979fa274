import { classifyGitUrl } from '../core/git-url.ts';
import type { Credential } from '../core/model.ts';
import type { Settings } from './definition.ts';
import { COMMON_ENDINGS, Family, FamilySettings } from './family-settings.ts';
import type { Contents, ContentsTools } from './repository-contents.ts';
import { type Kept, NO_CREDENTIAL, ownCopy, sharedSlot, UNKNOWN_CREDENTIAL } from './slot.ts';

const PREFIX = /^repository\.git\.(.+)$/i;
const SHARED = [
  'passwordsharedcredentials',
  'passwordsharedcredentialsid',
  'sharedcredentials',
  'sharedcredentialsid',
  'sshsharedcredentials',
  'sshsharedcredentialsid',
] as const;
/** The keys of the Git type [T]. */
const GIT = new Family(PREFIX, [
  'repositoryurl', 'branch', 'authenticationtype', 'username', 'password', 'passwordcredentialssource', ...SHARED,
  'sshkey', 'sshpassphrase', ...COMMON_ENDINGS,
]); // biome-ignore format: one list

/** Bamboo puts a variable in only when it builds. */
const VARIABLE_HOST = /^[^/]*\/\/[^/]*\$\{|^\$\{/;

/** Reads the settings of a Git repository; one that is not on Bitbucket Cloud over https is elsewhere. */
export function gitContents(settings: Settings, { git, unknownKeys, kept }: ContentsTools): Contents {
  const family = new FamilySettings(settings, GIT);
  for (const key of family.unknownKeys) if (!unknownKeys.has(key)) unknownKeys.add(ownCopy(key));
  const credential = slotOf(family, kept);
  const address = family.get('repositoryurl');
  const gitUrl = classifyGitUrl(address, git);
  if (gitUrl.kind === 'unreadable' || VARIABLE_HOST.test(address)) return { kind: 'unreadable', why: 'it is not certain where its repository address leads' };
  if (gitUrl.kind !== 'https') return { kind: 'elsewhere', credential };
  const inside = gitUrl.usernameInUrl !== undefined;
  return {
    kind: 'repository',
    workspace: kept.text(gitUrl.workspace),
    slug: ownCopy(gitUrl.slug),
    credential: inside && credential.username === undefined ? UNKNOWN_CREDENTIAL : credential,
    holdsOwn: inside || family.get('username', ...SHARED) !== '' || family.hasSecret(/password$|key$/),
    notes: inside ? ['its repository address carries a user name of its own'] : [],
  };
}

/** `authenticationType` is PASSWORD, SSH_KEYPAIR, NONE or SHARED_CREDENTIALS [T]; anything else is not concluded from. */
function slotOf(family: FamilySettings, kept: Kept): Credential {
  const type = family.get('authenticationtype');
  const shared = family.get(...SHARED);
  if (/^none$/i.test(type)) return NO_CREDENTIAL;
  if (/ssh/i.test(type)) return { kind: 'ssh' };
  if (/shared/i.test(type) || (/^(|password)$/i.test(type) && /shared/i.test(family.get('passwordcredentialssource')))) return sharedSlot(shared);
  if (!/^(|password)$/i.test(type)) return UNKNOWN_CREDENTIAL;
  const username = family.get('username');
  if (username !== '') return kept.inline('git', username);
  return type === '' && !family.hasSecret(/password$/) ? NO_CREDENTIAL : UNKNOWN_CREDENTIAL;
}
