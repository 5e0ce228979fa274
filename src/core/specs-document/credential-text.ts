import { isScalar, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { quotedScalar } from '../yaml-scalar.ts';
import { inlineAccount } from './account-slot.ts';
import type { SpecsTree } from './parse-specs.ts';

type Name = 'username' | 'password';

/** A piece of the text, from the end of a key to the end of its value. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** What stands between key and value: colon, blanks, a tag. */
  readonly gap: string;
}

/** The two values as they stand in a document: with quoting, tag and blanks. */
export interface CredentialText {
  readonly username: string;
  readonly password: string;
}

/** The two values as they are written in this document; undefined where one of them is not there. */
export function credentialText(tree: SpecsTree): CredentialText | undefined {
  const username = pieceOf(tree, 'username');
  const password = pieceOf(tree, 'password');
  if (username === undefined || password === undefined) return undefined;
  return { username: tree.text.slice(username.start, username.end), password: tree.text.slice(password.start, password.end) };
}

/** The document with exactly the two values replaced; undefined where they stand in a shape that can't be replaced with certainty. */
export function withCredential(tree: SpecsTree, pair: { readonly username: string; readonly password: string }): string | undefined {
  const username = pieceOf(tree, 'username');
  if (username === undefined) return undefined;
  const password = pieceOf(tree, 'password');
  const first = { ...username, text: written(username, pair.username) };
  if (password !== undefined) return splice(tree.text, [first, { ...password, text: written(password, pair.password) }]);
  return hasKey(tree, 'password') ? undefined : splice(tree.text, [first, insertion(tree, pair.password)]);
}

/** The document with the two values as they were written in another one. */
export function withCredentialText(tree: SpecsTree, { username, password }: CredentialText): string | undefined {
  const at = { username: pieceOf(tree, 'username'), password: pieceOf(tree, 'password') };
  if (at.username === undefined || at.password === undefined) return undefined;
  return splice(tree.text, [
    { ...at.username, text: username },
    { ...at.password, text: password },
  ]);
}

function pairAt(tree: SpecsTree, name: Name): Pair | undefined {
  return inlineAccount(tree)?.items.find(({ key }) => isScalar(key) && key.value === name);
}

function hasKey(tree: SpecsTree, name: Name): boolean {
  return pairAt(tree, name) !== undefined;
}

/** Only a value on the key's line or below it, or a block that begins there: anything else would lose a comment or change what the text means. */
function pieceOf(tree: SpecsTree, name: Name): Piece | undefined {
  const pair = pairAt(tree, name);
  if (!isScalar(pair?.key) || !isScalar(pair.value)) return undefined;
  const start = rangeOf(pair.key)?.[1];
  const value = rangeOf(pair.value);
  if (start === undefined || value === undefined) return undefined;
  const gap = tree.text.slice(start, value[0]);
  const isPlain = /^[ \t]*:([ \t]+!!str)?\s*$/.test(gap);
  return isPlain ? { start, end: withoutLineEnd(tree.text, value), gap } : undefined;
}

function rangeOf({ range }: Scalar): readonly [number, number] | undefined {
  return range === undefined || range === null ? undefined : [range[0], range[1]];
}

/** A block scalar reaches over the end of its last line, others end before it. */
function withoutLineEnd(text: string, [start, end]: readonly [number, number]): number {
  return end - (/\r?\n$/.exec(text.slice(start, end))?.[0].length ?? 0);
}

function written({ gap }: Piece, value: string): string {
  return `${gap.trimEnd()} ${quotedScalar(value)}`;
}

/** Where a server leaves passwords out of its exports: a new entry before the user name's, in the map's own style. */
function insertion(tree: SpecsTree, value: string): { readonly start: number; readonly end: number; readonly text: string } {
  const key = pairAt(tree, 'username')?.key;
  const at = (isScalar(key) ? rangeOf(key)?.[0] : undefined) ?? 0;
  return { start: at, end: at, text: `password: ${quotedScalar(value)}${separator(tree, inlineAccount(tree), at)}` };
}

function separator({ text }: SpecsTree, account: YAMLMap | undefined, at: number): string {
  if (account?.flow === true) return ', ';
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(at - lineStart)}`;
}

function splice(text: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): string {
  return [...edits].sort((one, other) => other.start - one.start).reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}
