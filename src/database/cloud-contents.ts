import type { Credential } from '../core/model.ts';
import type { Settings } from './definition.ts';
import { COMMON_ENDINGS, Family, FamilySettings } from './family-settings.ts';
import type { Contents, ContentsTools } from './repository-contents.ts';
import { isReference, type Kept, NO_CREDENTIAL, ownCopy, sharedSlot, UNKNOWN_CREDENTIAL } from './slot.ts';

const PREFIX = /^repository\.bitbucket\.(.+)$/i;
/** With or without `.id` [I]. */
const PASSWORD_SHARED = ['passwordsharedcredentials', 'passwordsharedcredentialsid'] as const;
const SSH_SHARED = ['sshsharedcredentials', 'sshsharedcredentialsid'] as const;
const SOURCE = 'passwordcredentialssource';
const SSH_SOURCE = 'sshcredentialssource';
const SSH_SECRET = /(^|ssh|private)key$/;
/** The ending `username` is literal in Atlassian's SQL [D], the others follow from field ids and the Git type [I]. */
const CLOUD = new Family(PREFIX, [
  'username', 'password', 'repository', 'branch', 'authenticationtype', 'accesslevel',
  SOURCE, SSH_SOURCE, ...PASSWORD_SHARED, ...SSH_SHARED, 'sshkey', 'sshpassphrase', ...COMMON_ENDINGS,
]); // biome-ignore format: one list

/** Reads the settings of a Bitbucket Cloud repository. */
export function cloudContents(settings: Settings, { unknownKeys, kept }: ContentsTools): Contents {
  const family = new FamilySettings(settings, CLOUD);
  for (const key of family.unknownKeys) if (!unknownKeys.has(key)) unknownKeys.add(ownCopy(key));
  const notes: string[] = [];
  const credential = accountSlot(family, kept, notes);
  const checkout = checkoutSlot(family);
  const [workspace, slug] = fullName(family, kept, notes);
  return {
    kind: 'repository',
    ...(workspace === undefined || slug === undefined ? {} : { workspace, slug }),
    credential,
    ...(checkout === undefined ? {} : { checkout }),
    holdsOwn: family.get('username', ...PASSWORD_SHARED, ...SSH_SHARED) !== '' || family.hasSecret(/password$/) || family.hasSecret(SSH_SECRET),
    notes,
  };
}

/** What the account slot holds. The keys are not certain, so that whatever contradicts itself is `unknown`. */
function accountSlot(family: FamilySettings, kept: Kept, notes: string[]): Credential {
  const username = family.get('username');
  const shared = family.get(...PASSWORD_SHARED);
  const source = family.get(SOURCE);
  if (/public|anonymous/i.test(family.get('accesslevel')) || /^none$/i.test(family.get('authenticationtype'))) return withoutAccess(username, notes);
  if (/shared/i.test(source)) return sharedSlot(shared);
  if (source !== '' && !/^custom$/i.test(source)) return doubt(notes, 'where its password comes from is not known to this version');
  if (source === '' && isReference(shared))
    return username === '' ? sharedSlot(shared) : doubt(notes, 'it holds both a user name and a shared credential, and does not say which is used');
  if (username !== '') return kept.inline('bitbucket-cloud', username);
  return family.hasSecret(/password$/) ? doubt(notes, 'it holds a password without a user name') : nothingFound(family, notes);
}

/** Without user name, password and reference there is no credential, unless a key that is not known may hold one. */
function nothingFound(family: FamilySettings, notes: string[]): Credential {
  const suspects = family.unknownKeys.some((key) => PREFIX.test(key) && /user|pass|cred|auth|secret|token|login/i.test(key));
  return suspects ? doubt(notes, 'settings that this version does not know may hold its credential') : NO_CREDENTIAL;
}

function withoutAccess(username: string, notes: string[]): Credential {
  if (username !== '') notes.push('public access, but a user name is stored as well');
  return NO_CREDENTIAL;
}

function checkoutSlot(family: FamilySettings): Credential | undefined {
  const shared = family.get(...SSH_SHARED);
  const source = family.get(SSH_SOURCE);
  if (/shared/i.test(source)) return sharedSlot(shared);
  if (family.hasSecret(SSH_SECRET)) return { kind: 'ssh' };
  return source === '' && isReference(shared) ? sharedSlot(shared) : undefined;
}

/** The key `repository` holds `workspace/slug` [I, strong]. */
function fullName(family: FamilySettings, kept: Kept, notes: string[]): readonly (string | undefined)[] {
  const [, workspace, slug] = /^([^/\s]+)\/([^/\s]+)$/.exec(family.get('repository')) ?? [];
  if (workspace === undefined || slug === undefined) {
    notes.push('its definition does not tell workspace/slug');
    return [];
  }
  return [kept.text(workspace), ownCopy(slug)];
}

function doubt(notes: string[], note: string): Credential {
  notes.push(note);
  return UNKNOWN_CREDENTIAL;
}
