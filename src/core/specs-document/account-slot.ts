import { isMap, type YAMLMap } from 'yaml';
import type { Credential, Kind } from '../model.ts';
import { inferCredential } from '../sides.ts';
import { classOf, type SpecsTree, textAt, valueAt } from './parse-specs.ts';

const GIT_PACKAGE = 'com.atlassian.bamboo.specs.model.repository.git';
const INLINE = `${GIT_PACKAGE}.UserPasswordAuthenticationProperties`;
const SHARED = `${GIT_PACKAGE}.SharedCredentialsAuthenticationProperties`;
const SSH_KEY = `${GIT_PACKAGE}.SshPrivateKeyAuthenticationProperties`;

/** The repository types whose documents are known, by their class [A]. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['com.atlassian.bamboo.specs.model.repository.bitbucket.cloud.BitbucketCloudRepositoryProperties', 'bitbucket-cloud'],
  [`${GIT_PACKAGE}.GitRepositoryProperties`, 'git'],
]);

/** The type of repository that a document is about, where it is one that can hold a credential of Bitbucket Cloud. */
export function kindOfTree({ entityClass }: SpecsTree): Kind | undefined {
  return KINDS.get(entityClass);
}

/** The map that holds user name and password of the account slot, where it holds such. */
export function inlineAccount({ entity }: SpecsTree): YAMLMap | undefined {
  const slot = valueAt(entity, 'authenticationProperties');
  return isMap(slot) && classOf(slot) === INLINE ? slot : undefined;
}

/** What the account slot holds. */
export function accountCredential(tree: SpecsTree, kind: Kind): Credential {
  const inline = inlineAccount(tree);
  if (inline === undefined) return slotCredential(valueAt(tree.entity, 'authenticationProperties'));
  const username = textAt(inline, 'username') ?? '';
  return username.trim() === '' ? { kind: 'none' } : inferCredential(kind, username);
}

/** What the slot of Bitbucket Cloud's checkout over SSH holds. */
export function checkoutCredential({ entity }: SpecsTree): Credential {
  return slotCredential(valueAt(entity, 'checkoutAuthenticationProperties'));
}

function slotCredential(slot: unknown): Credential {
  if (slot === undefined) return { kind: 'none' };
  switch (classOf(slot)) {
    case SSH_KEY:
      return { kind: 'ssh' };
    case SHARED:
      return sharedCredential(valueAt(slot, 'sharedCredentials'));
    default:
      return { kind: 'unknown' };
  }
}

/** A document names a shared credential by name and scope, not by the id that the lists show. */
function sharedCredential(identifier: unknown): Credential {
  const name = textAt(identifier, 'name');
  return name === undefined ? { kind: 'unknown' } : { kind: 'shared', shared: { id: `${textAt(identifier, 'scope') ?? 'GLOBAL'}:${name}`, name } };
}

/** The two values of the account slot, where it holds both. */
export function credentialOf(tree: SpecsTree): { readonly username: string; readonly password: string } | undefined {
  const username = textAt(inlineAccount(tree), 'username');
  const password = textAt(inlineAccount(tree), 'password');
  return username === undefined || password === undefined ? undefined : { username, password };
}
