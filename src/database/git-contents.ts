import type { Credential } from '../core/model.ts';
import type { Contents, ContentsTools } from './contents.ts';
import type { Settings } from './definition.ts';
import { Family, FamilySettings } from './family-settings.ts';
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
  'useshallowclones', 'usesubmodules', 'commandtimeout', 'verboselogs', 'sshkey', 'sshpassphrase',
]); // biome-ignore format: one list

/** Reads the settings of a Git repository; one that is not on Bitbucket Cloud over https is elsewhere. */
export function gitContents(settings: Settings, { git, unknownKeys, kept }: ContentsTools): Contents {
  const family = new FamilySettings(settings, GIT);
  for (const key of family.unknownKeys) if (!unknownKeys.has(key)) unknownKeys.add(ownCopy(key));
  const credential = slotOf(family, kept);
  const location = locate(family.get('repositoryurl'), git);
  if (location.kind === 'unreadable') return location;
  if (location.kind === 'elsewhere') return { kind: 'elsewhere', credential };
  return {
    kind: 'repository',
    workspace: location.workspace,
    slug: location.slug,
    credential: location.inside && credential.username === undefined ? UNKNOWN_CREDENTIAL : credential,
    holdsOwn: location.inside || family.get('username', ...SHARED) !== '' || family.hasSecret(/password$|key$/),
    notes: location.inside ? ['its repository address carries a user name of its own'] : [],
  };
}

type GitLocation =
  | { readonly kind: 'bitbucket'; readonly workspace: string; readonly slug: string /** The address itself carries a user name. */; readonly inside: boolean }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Exactly the host of Bitbucket Cloud over https; what merely looks like it, and ssh, are elsewhere. */
function locate(address: string, git: string): GitLocation {
  if (address === '') return { kind: 'unreadable', why: 'its definition shows no repository address' };
  if (/^[^/]*\/\/[^/]*\$\{/.test(address) || address.startsWith('${')) return { kind: 'unreadable', why: 'the host of its repository address is a variable' };
  if (!URL.canParse(address)) return { kind: 'elsewhere' };
  const url = new URL(address);
  const base = new URL(git);
  const root = base.pathname.replace(/\/$/, '');
  if (url.origin !== base.origin || !url.pathname.startsWith(`${root}/`)) return { kind: 'elsewhere' };
  const path = url.pathname
    .slice(root.length)
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  const [, workspace, slug] = /^([^/\s]+)\/([^/\s]+)$/.exec(path) ?? [];
  if (workspace === undefined || slug === undefined) return { kind: 'unreadable', why: 'its repository address has not the form workspace/slug' };
  return { kind: 'bitbucket', workspace: ownCopy(workspace), slug: ownCopy(slug), inside: url.username !== '' || url.password !== '' };
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
