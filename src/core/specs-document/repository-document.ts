import { classifyGitUrl, type GitUrl } from '../git-url.ts';
import type { Kind, Place } from '../model.ts';
import type { ObjectState, Writable } from '../object-state.ts';
import { whyNotInline } from '../sides.ts';
import { accountCredential, checkoutCredential, inlineAccount, kindOfTree } from './account-slot.ts';
import { withCredential } from './credential-text.ts';
import { type SpecsTree, textAt, valueAt } from './parse-specs.ts';
import { secretFormOf } from './secrets.ts';
import { contentsOf, type OtherSecret } from './tree-settings.ts';

/** What is known of an exported document beside its text. */
export interface DocumentContext {
  readonly place: Place;
  /** The base name of the exported file, which is the repository's oid [T]. */
  readonly oid: string;
  /** Where Bitbucket Cloud serves git. */
  readonly gitBase: string;
}

/** Which repository a document points at. */
type Target = { readonly workspace?: string; readonly slug?: string; readonly gitUrl?: GitUrl; readonly problem?: string };

/** The state of a repository as its exported document tells it; undefined for a type that can't hold a credential of Bitbucket Cloud. */
export function stateOfDocument(tree: SpecsTree, context: DocumentContext): ObjectState | undefined {
  const kind = kindOfTree(tree);
  if (kind === undefined) return undefined;
  const { problem, ...target } = targetOf(tree, kind, context.gitBase);
  const credential = accountCredential(tree, kind);
  // On another host only a shared credential is of interest: whoever else uses it must not be sent a token of Bitbucket Cloud.
  if ((target.gitUrl?.kind === 'ssh' || target.gitUrl?.kind === 'other-host') && credential.kind !== 'shared') return undefined;
  const { settings, secrets } = contentsOf(tree);
  const why =
    notExpected(tree, context) ??
    whyNotInline(credential, 'its exported document') ??
    problem ??
    notImportable(tree, ['name', 'description']) ??
    notSafe(tree, secrets);
  const writable: Writable = why === undefined ? { kind: 'yes' } : { kind: 'no', why };
  return {
    place: context.place,
    kind,
    ...target,
    credential,
    ...(kind === 'bitbucket-cloud' ? { checkout: checkoutCredential(tree) } : {}),
    // What a YAML map means does not depend on the order of its keys.
    settings: [...settings].sort(([one], [other]) => (one < other ? -1 : Number(one > other))),
    writable,
    notes: [],
    ...(why === undefined && accountForm(tree) === 'encrypted' ? { document: tree.text } : {}),
  };
}

function targetOf(tree: SpecsTree, kind: Kind, gitBase: string): Target {
  return kind === 'git' ? gitTarget(textAt(tree.entity, 'url') ?? '', gitBase) : cloudTarget(textAt(tree.entity, 'repositorySlug') ?? '');
}

function cloudTarget(name: string): Target {
  const [, workspace, slug] = /^([^/\s]+)\/([^/\s]+)$/.exec(name) ?? [];
  return workspace === undefined || slug === undefined ? { problem: 'its exported document names no workspace/slug' } : { workspace, slug };
}

function gitTarget(url: string, gitBase: string): Target {
  const gitUrl = classifyGitUrl(url, gitBase);
  if (gitUrl.kind !== 'https') return { gitUrl, problem: 'its repository address is not certain to lead to one repository on Bitbucket Cloud' };
  const { workspace, slug, usernameInUrl } = gitUrl;
  return { gitUrl, workspace, slug, ...(usernameInUrl === undefined ? {} : { problem: 'its repository address carries a user name of its own' }) };
}

/** Why a document is not that of the repository: importing another one's, or one without oid, would change the wrong one or make a second. */
export function notExpected({ entity }: SpecsTree, { place, oid }: Pick<DocumentContext, 'place' | 'oid'>): string | undefined {
  const told = textAt(valueAt(entity, 'oid'), 'oid') ?? textAt(entity, 'oid');
  if (told === undefined) return 'its exported document holds no oid, so importing it could make a second repository';
  if (told !== oid) return `the exported file is called ${oid}, but the document in it is the one of ${told}`;
  const name = textAt(entity, 'name');
  if (name !== place.name) return `its exported document is about "${name ?? ''}", not "${place.name}"`;
  const owner = textAt(valueAt(valueAt(entity, 'project'), 'key'), 'key');
  if (owner !== place.project) return `its exported document belongs to ${owner ?? 'no project'}, not to ${place.project ?? 'the whole server'}`;
  return undefined;
}

/** Why no twin can be made after a document: a twin takes over neither the description nor any secret, so these keep nothing from being made. */
export function whyNoTwin(tree: SpecsTree, context: DocumentContext): string | undefined {
  return notExpected(tree, context) ?? notImportable(tree, ['name']) ?? holdsClear(tree, contentsOf(tree).secrets);
}

/** What Bamboo's pages let people type and Atlassian's own validators refuse [A]. */
function notImportable({ entity }: SpecsTree, keys: readonly ('name' | 'description')[]): string | undefined {
  for (const key of keys) {
    const found = /["&'<>\\]/.exec(textAt(entity, key) ?? '')?.[0];
    if (found !== undefined) return `its ${key} holds the character ${found}, which Bamboo's import refuses`;
  }
  return (textAt(entity, 'branch') ?? 'none').trim() === '' ? "its branch is blank, which Bamboo's import refuses" : undefined;
}

function holdsClear(tree: SpecsTree, secrets: readonly OtherSecret[]): string | undefined {
  const clear = accountForm(tree) === 'clear' ? 'password' : secrets.find(({ form }) => form === 'clear')?.path;
  return clear === undefined ? undefined : `its exported document holds a secret in clear (${clear}): it is neither copied nor used`;
}

/** An import is a full replacement: what a document leaves out is lost [A]. A value in a shape that is not known can't be replaced. */
function notSafe(tree: SpecsTree, secrets: readonly OtherSecret[]): string | undefined {
  const clear = holdsClear(tree, secrets);
  if (clear !== undefined) return clear;
  if (withCredential(tree, { username: '', password: '' }) === undefined)
    return 'user name and password stand in its exported document in a shape that is not known';
  const key = checkoutKeyIsMissing(tree) ? 'the SSH key of its checkout' : undefined;
  const passwordIsLeftOut = accountForm(tree) === 'omitted';
  const lost = key ?? (passwordIsLeftOut ? secrets.find(({ form }) => form === 'omitted')?.path : undefined);
  return lost === undefined ? undefined : `its exported document leaves out a secret (${lost}) that importing it would wipe`;
}

function accountForm(tree: SpecsTree): 'encrypted' | 'omitted' | 'clear' {
  return secretFormOf('password', inlineAccount(tree)?.get('password', true)) ?? 'omitted';
}

function checkoutKeyIsMissing(tree: SpecsTree): boolean {
  const slot = valueAt(tree.entity, 'checkoutAuthenticationProperties');
  return checkoutCredential(tree).kind === 'ssh' && (textAt(slot, 'sshPrivateKey') ?? '') === '';
}
