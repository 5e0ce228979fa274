import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSpecs, type SpecsTree } from '../../src/core/specs-document/parse-specs.ts';

const FOLDER = join(import.meta.dirname, '../referee/documents');

/** A document that Atlassian's own library wrote. */
export function atlassianDocument(name: string): string {
  return readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
}

/** The tree of a document that has to be one. */
export function treeOf(text: string): SpecsTree {
  const parsed = parseSpecs(text);
  if (parsed.kind !== 'tree') throw new RangeError(`no document: ${parsed.why}`);
  return parsed.tree;
}

/** As a server that encrypts would write it: no key in clear. */
export function encryptedKey(text: string): string {
  return text.replace(/sshPrivateKey: \|-\n(\s+(-----|AAAA|BBBB).*\n)+/, 'sshPrivateKey: BAMSCRT@0@0@S2V5S2V5\n');
}
