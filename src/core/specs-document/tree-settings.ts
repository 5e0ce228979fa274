import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Setting } from '../object-state.ts';
import { inlineAccount } from './account-slot.ts';
import { classOf, isNull, type SpecsTree } from './parse-specs.ts';
import { type SecretForm, secretFormOf } from './secrets.ts';

/** A secret beside the account's password: where it stands, and in which form. */
export interface OtherSecret {
  readonly path: string;
  readonly form: SecretForm;
}

/** Everything in a document but the account's user name and password. */
export interface TreeContents {
  /** Each with its value; of a secret only its form, because the same secret may be encrypted differently each time. */
  readonly settings: readonly Setting[];
  readonly secrets: readonly OtherSecret[];
}

/** Flattens a document, in its own order. */
export function contentsOf(tree: SpecsTree): TreeContents {
  const settings: Setting[] = [['class', tree.entityClass]];
  const secrets: OtherSecret[] = [];
  const account = inlineAccount(tree);

  function walk(node: unknown, path: string, name: string): void {
    const nested = classOf(node);
    if (nested !== undefined && node !== tree.entity) settings.push([`${path} (class)`, nested]);
    const inside = insideOf(node, path, name, node === account);
    if (inside === undefined) settings.push([path, leaf(node, path, name)]);
    else if (inside.length === 0) settings.push([path, 'empty']);
    else for (const member of inside) walk(member.node, member.path, member.name);
  }

  function leaf(node: unknown, path: string, name: string): string {
    const form = secretFormOf(name, node);
    if (form !== undefined) secrets.push({ path, form });
    if (form !== undefined) return form;
    return isScalar(node) && !isNull(node) ? String(node.value) : 'null';
  }

  walk(tree.entity, '', '');
  if (tree.modelVersion !== undefined) settings.push(['specModelVersion', tree.modelVersion]);
  return { settings, secrets };
}

interface Member {
  readonly node: unknown;
  readonly path: string;
  readonly name: string;
}

function insideOf(node: unknown, path: string, name: string, isAccount: boolean): Member[] | undefined {
  if (isMap(node)) return membersOf(node, isAccount, path);
  return isSeq(node) ? itemsOf(node, path, name) : undefined;
}

function membersOf({ items }: YAMLMap, isAccount: boolean, path: string): Member[] {
  const members = items.map(({ key, value: node }) => {
    const name = isScalar(key) ? String(key.value) : '';
    return { node, name, path: path === '' ? name : `${path}.${name}` };
  });
  return isAccount ? members.filter(({ name }) => name !== 'username' && name !== 'password') : members;
}

function itemsOf({ items }: YAMLSeq, path: string, name: string): Member[] {
  return items.map((node, index) => ({ node, name, path: `${path}[${index}]` }));
}
