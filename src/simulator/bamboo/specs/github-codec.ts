import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import type { Repository } from '../model.ts';
import { ChangeDetection, readChangeDetection, writeChangeDetection } from './change-detection.ts';
import { checked } from './checked.ts';
import { cloneShape, readClone, writeClone } from './clone-settings.ts';
import { ImportRefused } from './import-refused.ts';
import { both, loginClassOf, noPassword, type PasswordSlot, readPassword, readShared, writePassword } from './logins.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { REPOSITORY_CLASSES } from './spec-classes.ts';
import { filled, Text } from './spec-fields.ts';
import type { SpecMap } from './spec-value.ts';

const PREFIX = 'repository.github';
const BASE_URL = `${PREFIX}.baseUrl`;
const GITHUB = 'https://github.com';
const SLOT: PasswordSlot = {
  source: `${PREFIX}.passwordCredentialsSource`,
  credentials: `${PREFIX}.passwordSharedCredentials`,
  username: `${PREFIX}.username`,
  password: `${PREFIX}.password`,
};

/** GitHub: a user name and a password, or a shared credential. */
export const GITHUB_CODEC: RepositoryCodec = {
  className: REPOSITORY_CLASSES.github,
  kinds: ['github'],
  kindOf: () => 'github',
  read: readGithub,
  write: writeGithub,
};

function readGithub(place: ReadingPlace, entity: SpecMap): ReadState {
  const schema = z.strictObject({
    ...cloneShape(place.context),
    repository: filled('repository'),
    branch: filled('branch', 'master'),
    baseUrl: Text,
    authenticationProperties: z.unknown().optional(),
    vcsChangeDetection: ChangeDetection,
  });
  const body = checked(schema, entity);
  const settings = {
    ...readClone(PREFIX, body),
    ...readChangeDetection(body.vcsChangeDetection),
    [`${PREFIX}.repository`]: body.repository,
    [`${PREFIX}.branch`]: body.branch,
    [BASE_URL]: body.baseUrl === GITHUB ? '' : body.baseUrl,
  };
  return both({ settings, secrets: {} }, readLogin(place, entity));
}

function readLogin(place: ReadingPlace, { authenticationProperties: value }: SpecMap): ReadState {
  const kind = loginClassOf(value);
  if (kind === 'password') return readPassword(place, SLOT, value as SpecMap);
  if (kind === 'shared') return readShared(place, SLOT, value as SpecMap);
  if (kind === 'none') return noPassword(SLOT);
  throw new ImportRefused('authentication: a private key cannot be used here.');
}

function writeGithub(context: BambooContext, repository: Repository): SpecMap {
  const { settings } = repository;
  return {
    authenticationProperties: writePassword(context, repository, SLOT),
    baseUrl: settings[BASE_URL] || GITHUB,
    branch: settings[`${PREFIX}.branch`] ?? '',
    ...writeClone(context, PREFIX, settings),
    repository: settings[`${PREFIX}.repository`] ?? '',
    vcsChangeDetection: writeChangeDetection(settings),
  };
}
