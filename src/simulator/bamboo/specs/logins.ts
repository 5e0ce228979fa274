import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { type CredentialKind, credentialName, type Repository, type SharedCredential } from '../model.ts';
import { checked } from './checked.ts';
import { ImportRefused } from './import-refused.ts';
import type { ReadingPlace, ReadState } from './repository-state.ts';
import { LOGIN_CLASSES } from './spec-classes.ts';
import { Oid, Text } from './spec-fields.ts';
import { secretFrom, secretInExport } from './spec-secrets.ts';
import { classOf, type SpecMap, type SpecValue, tagged } from './spec-value.ts';

/** The settings and secrets that one way to log in stands in. */
export interface PasswordSlot {
  readonly source: string;
  readonly credentials: string;
  readonly username: string;
  readonly password: string;
}

/** The same for a key. */
export interface KeySlot {
  readonly source: string;
  readonly credentials: string;
  readonly key: string;
  readonly passphrase: string;
}

const Password = z.strictObject({ username: Text, password: Text });
const Key = z.strictObject({ sshPrivateKey: z.string().nullish(), passphrase: z.string().nullish() });
const Shared = z.strictObject({
  sharedCredentials: z.strictObject({ name: z.string().nullish(), oid: Oid, scope: z.enum(['GLOBAL', 'PROJECT']).nullish() }),
});

const NOTHING: ReadState = { settings: {}, secrets: {} };

/** Nobody logs in this way: no user name, no secret, no credential. */
export function noPassword(slot: PasswordSlot): ReadState {
  return { settings: { [slot.source]: 'CUSTOM', [slot.credentials]: '', [slot.username]: '' }, secrets: {} };
}

/** The same for a key. */
export function noKey(slot: KeySlot): ReadState {
  return { settings: { [slot.source]: 'CUSTOM', [slot.credentials]: '' }, secrets: {} };
}

/** A user name and a password; empty ones pass, because nested validation is not run [A]. */
export function readPassword({ context }: ReadingPlace, slot: PasswordSlot, value: SpecMap): ReadState {
  const { username, password } = checked(Password, value);
  return {
    settings: { [slot.source]: 'CUSTOM', [slot.credentials]: '', [slot.username]: username },
    secrets: { [slot.password]: secretFrom(context, 'password', password) },
  };
}

/** A private key and its passphrase. */
export function readKey({ context }: ReadingPlace, slot: KeySlot, value: SpecMap): ReadState {
  const { sshPrivateKey, passphrase } = checked(Key, value);
  const first = sshPrivateKey == null ? {} : { [slot.key]: secretFrom(context, 'sshPrivateKey', sshPrivateKey) };
  const second = passphrase == null ? {} : { [slot.passphrase]: secretFrom(context, 'passphrase', passphrase) };
  return { settings: { [slot.source]: 'CUSTOM', [slot.credentials]: '' }, secrets: { ...first, ...second } };
}

/** A shared credential, by oid or by name within its scope. */
export function readShared(place: ReadingPlace, slot: PasswordSlot | KeySlot, value: SpecMap): ReadState {
  const { name, oid, scope } = checked(Shared, value).sharedCredentials;
  const project = scope === 'PROJECT' ? projectOf(place) : null;
  const kind: CredentialKind = 'key' in slot ? 'ssh' : 'username-password';
  const isMeant = (each: SharedCredential): boolean => (oid === null ? credentialName(each) === name : each.oid === oid);
  const found = [...place.context.model.credentials.values()].find((each) => each.project === project && each.kind === kind && isMeant(each));
  if (found === undefined || (scope === 'PROJECT' && project === null)) {
    throw new ImportRefused(`There are no shared credentials '${name ?? oid}' of the type ${kind} in the scope ${scope ?? 'GLOBAL'}.`);
  }
  const username = 'username' in slot ? { [slot.username]: '' } : {};
  return { settings: { [slot.source]: 'SHARED_CREDENTIALS', [slot.credentials]: found.id, ...username }, secrets: {} };
}

function projectOf({ context, owner }: ReadingPlace): string | null {
  if (owner.kind === 'global') return null;
  return owner.kind === 'project' ? owner.project : (context.model.plans.get(owner.plan)?.project ?? owner.plan.split('-')[0] ?? null);
}

/** What may log in at all is named by the value's class. */
export function loginClassOf(value: SpecValue | undefined): 'none' | keyof typeof LOGIN_CLASSES {
  if (value == null) return 'none';
  const found = Object.entries(LOGIN_CLASSES).find(([, name]) => name === classOf(value));
  if (found === undefined) throw new ImportRefused(`An authentication of the class '${classOf(value)}' is not understood.`);
  return found[0] as keyof typeof LOGIN_CLASSES;
}

/** The kind of shared credential that a value names: a Git repository has one place for both. */
export function sharedKind(place: ReadingPlace, value: SpecMap, slots: { readonly password: PasswordSlot; readonly key: KeySlot }): 'PASSWORD' | 'SSH_KEYPAIR' {
  try {
    readShared(place, slots.password, value);
    return 'PASSWORD';
  } catch (problem) {
    if (!(problem instanceof ImportRefused)) throw problem;
    return 'SSH_KEYPAIR';
  }
}

/** Two states as one. */
export function both(first: ReadState, second: ReadState = NOTHING): ReadState {
  return { settings: { ...first.settings, ...second.settings }, secrets: { ...first.secrets, ...second.secrets } };
}

/** A password slot for an export. */
export function writePassword(context: BambooContext, { settings, secrets }: Repository, slot: PasswordSlot): SpecMap {
  if (settings[slot.source] === 'SHARED_CREDENTIALS') return sharedValue(context, settings[slot.credentials] ?? '');
  return tagged(LOGIN_CLASSES.password, { password: secretInExport(context, secrets[slot.password]), username: settings[slot.username] ?? '' });
}

/** A key slot for an export. */
export function writeKey(context: BambooContext, { settings, secrets }: Repository, slot: KeySlot): SpecMap {
  if (settings[slot.source] === 'SHARED_CREDENTIALS') return sharedValue(context, settings[slot.credentials] ?? '');
  return tagged(LOGIN_CLASSES.key, {
    passphrase: secretInExport(context, secrets[slot.passphrase]),
    sshPrivateKey: secretInExport(context, secrets[slot.key]),
  });
}

function sharedValue({ model }: BambooContext, id: string): SpecMap {
  const credential = model.credentials.get(id);
  const scope = credential?.project == null ? 'GLOBAL' : 'PROJECT';
  return tagged(LOGIN_CLASSES.shared, { sharedCredentials: { name: credential === undefined ? null : credentialName(credential), oid: null, scope } });
}
