import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import type { Repository } from '../model.ts';
import { ChangeDetection, readChangeDetection, writeChangeDetection } from './change-detection.ts';
import { checked } from './checked.ts';
import { cloneShape, readClone, writeClone } from './clone-settings.ts';
import { ImportRefused } from './import-refused.ts';
import { both, loginClassOf, noKey, noPassword, readKey, readPassword, readShared, sharedKind, writeKey, writePassword } from './logins.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { REPOSITORY_CLASSES } from './spec-classes.ts';
import { filled } from './spec-fields.ts';
import type { SpecMap, SpecValue } from './spec-value.ts';

const PREFIX = 'repository.git';
const SCHEMES: readonly string[] = ['file', 'git', 'http', 'ssh', 'https'];
const G = GIT_SETTINGS;
const SLOTS = {
  password: { source: G.source, credentials: G.passwordCredentials, username: G.username, password: G.password },
  key: { source: G.sshSource, credentials: G.sshCredentials, key: G.sshKey, passphrase: G.passphrase },
} as const;

/** Git: one place to log in, for a password or for a key. */
export const GIT_CODEC: RepositoryCodec = { className: REPOSITORY_CLASSES.git, kinds: ['git'], kindOf: () => 'git', read: readGit, write: writeGit };

function readGit(place: ReadingPlace, entity: SpecMap): ReadState {
  const schema = z.strictObject({
    ...cloneShape(place.context),
    url: filled('url'),
    branch: filled('branch', 'master'),
    authenticationProperties: z.unknown().optional(),
    vcsChangeDetection: ChangeDetection,
  });
  const body = checked(schema, entity);
  checkUrl(body.url, loginClassOf(entity.authenticationProperties));
  const settings = {
    ...readClone(PREFIX, body),
    ...readChangeDetection(body.vcsChangeDetection),
    [G.url]: body.url,
    [G.branch]: body.branch,
  };
  return both({ settings, secrets: {} }, readLogin(place, entity.authenticationProperties));
}

/** What the library's validator of Git repositories wants of an address [A]. */
function checkUrl(url: string, login: ReturnType<typeof loginClassOf>): void {
  const [, scheme, authority = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)/i.exec(url) ?? [];
  if (scheme === undefined) return;
  if (!SCHEMES.includes(scheme)) throw new ImportRefused(`Git repository / URL: scheme '${scheme}' is not supported`);
  if (login === 'password' && authority.includes('@')) throw new ImportRefused('Git repository / URL: Duplicate username');
  if (login === 'key' && scheme.startsWith('http')) throw new ImportRefused(`Git repository / URL: Ssh authentication not supported with ${scheme}`);
}

function readLogin(place: ReadingPlace, value: SpecValue | undefined): ReadState {
  const of = (type: string, state: ReadState): ReadState =>
    both(both(noPassword(SLOTS.password), noKey(SLOTS.key)), both(state, { settings: { [G.authenticationType]: type }, secrets: {} }));
  switch (loginClassOf(value)) {
    case 'none':
      return of('NONE', { settings: {}, secrets: {} });
    case 'password':
      return of('PASSWORD', readPassword(place, SLOTS.password, value as SpecMap));
    case 'key':
      return of('SSH_KEYPAIR', readKey(place, SLOTS.key, value as SpecMap));
    case 'shared': {
      const type = sharedKind(place, value as SpecMap, SLOTS);
      return of(type, readShared(place, type === 'PASSWORD' ? SLOTS.password : SLOTS.key, value as SpecMap));
    }
  }
}

function writeGit(context: BambooContext, repository: Repository): SpecMap {
  const { settings } = repository;
  const type = settings[G.authenticationType];
  return {
    authenticationProperties:
      type === 'NONE' ? null : type === 'SSH_KEYPAIR' ? writeKey(context, repository, SLOTS.key) : writePassword(context, repository, SLOTS.password),
    branch: settings[G.branch] ?? '',
    ...writeClone(context, PREFIX, settings),
    url: settings[G.url] ?? '',
    vcsChangeDetection: writeChangeDetection(settings),
  };
}
