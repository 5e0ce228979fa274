import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { CLOUD, cloudSettingNames } from '../forms/cloud-controls.ts';
import type { Repository } from '../model.ts';
import { isAtLeast } from '../version.ts';
import { ChangeDetection, readChangeDetection, writeChangeDetection } from './change-detection.ts';
import { checked } from './checked.ts';
import { cloneShape, readClone, writeClone } from './clone-settings.ts';
import { ImportRefused } from './import-refused.ts';
import {
  both,
  type KeySlot,
  loginClassOf,
  noKey,
  noPassword,
  type PasswordSlot,
  readKey,
  readPassword,
  readShared,
  writeKey,
  writePassword,
} from './logins.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { REPOSITORY_CLASSES } from './spec-classes.ts';
import { filled, flag } from './spec-fields.ts';
import type { SpecMap, SpecValue } from './spec-value.ts';

/** Bitbucket Cloud: two places to log in, the account and the checkout. */
export const CLOUD_CODEC: RepositoryCodec = {
  className: REPOSITORY_CLASSES.bbCloud,
  kinds: ['bbCloud'],
  kindOf: () => 'bbCloud',
  read: readCloud,
  write: writeCloud,
};

/** Made once for each version: an import would else spend most of its time on that. */
const bodies = new Map<string, ReturnType<typeof makeBody>>();

function bodyFor(context: BambooContext): ReturnType<typeof makeBody> {
  const body = bodies.get(context.version) ?? makeBody(context);
  bodies.set(context.version, body);
  return body;
}

/** `webhookEnabled` came with 9.0 [A]. */
function makeBody(context: BambooContext) {
  return z.strictObject({
    ...cloneShape(context, false),
    ...(isAtLeast(context.version, 9, 0) ? { webhookEnabled: flag() } : {}),
    repositorySlug: z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'repositorySlug: must be workspace/slug'),
    branch: filled('branch'),
    authenticationProperties: z.unknown().optional(),
    checkoutAuthenticationProperties: z.unknown().optional(),
    vcsChangeDetection: ChangeDetection,
  });
}

function readCloud(place: ReadingPlace, entity: SpecMap): ReadState {
  const body = checked(bodyFor(place.context), entity);
  const names = cloudSettingNames(place.context.traits);
  const account = readAccount(place, entity.authenticationProperties);
  const checkout = readCheckout(place, entity.checkoutAuthenticationProperties);
  const settings = {
    ...readClone(CLOUD, body),
    ...readChangeDetection(body.vcsChangeDetection),
    [names.repository]: body.repositorySlug,
    [names.branch]: body.branch,
    ...(body.webhookEnabled === undefined ? {} : { [names.webhook]: String(body.webhookEnabled) }),
  };
  return both({ settings, secrets: {} }, both(account, checkout));
}

function readAccount(place: ReadingPlace, value: SpecValue | undefined): ReadState {
  const names = cloudSettingNames(place.context.traits);
  const slot = accountSlot(place.context);
  const leveled = (level: string, state: ReadState): ReadState => both(state, { settings: { [names.accessLevel]: level }, secrets: {} });
  const kind = loginClassOf(value);
  if (kind === 'none') return leveled('PUBLIC', noPassword(slot));
  if (kind === 'key') throw new ImportRefused('accountAuthentication: a private key cannot be used to access Bitbucket Cloud.');
  return leveled('PRIVATE', kind === 'shared' ? readShared(place, slot, value as SpecMap) : readPassword(place, slot, value as SpecMap));
}

function readCheckout(place: ReadingPlace, value: SpecValue | undefined): ReadState {
  const names = cloudSettingNames(place.context.traits);
  const slot = checkoutSlot(place.context);
  const kind = loginClassOf(value);
  if (kind === 'password') throw new ImportRefused('checkoutAuthentication: a password cannot be used for the checkout.');
  const type = kind === 'none' ? 'PASSWORD' : 'SSH_KEYPAIR';
  const state = kind === 'none' ? noKey(slot) : kind === 'shared' ? readShared(place, slot, value as SpecMap) : readKey(place, slot, value as SpecMap);
  return both(state, { settings: { [names.authenticationType]: type }, secrets: {} });
}

function writeCloud(context: BambooContext, repository: Repository): SpecMap {
  const { settings } = repository;
  const names = cloudSettingNames(context.traits);
  return {
    authenticationProperties: settings[names.accessLevel] === 'PUBLIC' ? null : writePassword(context, repository, accountSlot(context)),
    branch: settings[names.branch] ?? '',
    checkoutAuthenticationProperties: settings[names.authenticationType] === 'SSH_KEYPAIR' ? writeKey(context, repository, checkoutSlot(context)) : null,
    ...writeClone(context, CLOUD, settings),
    repositorySlug: settings[names.repository] ?? '',
    vcsChangeDetection: writeChangeDetection(settings),
    ...(isAtLeast(context.version, 9, 0) ? { webhookEnabled: settings[names.webhook] === 'true' } : {}),
  };
}

function accountSlot({ traits }: BambooContext): PasswordSlot {
  const { source, passwordCredentials: credentials, username, password } = cloudSettingNames(traits);
  return { source, credentials, username, password };
}

function checkoutSlot({ traits }: BambooContext): KeySlot {
  const { sshSource: source, sshCredentials: credentials, sshKey: key, passphrase } = cloudSettingNames(traits);
  return { source, credentials, key, passphrase };
}
