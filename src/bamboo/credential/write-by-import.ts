import { endsEverything, toRekeyError } from '../../core/errors.ts';
import type { Pair, WriteAnswer } from '../../core/ports.ts';
import { clean } from '../form/post-form.ts';
import type { Rest } from '../rest/rest.ts';
import { type CredentialIdentity, credentialDocument, SPECS_VERSION } from './credential-document.ts';
import { type ImportAnswer, judgeImport } from './import-answer.ts';
import type { NamedCredential } from './list-page.ts';

/** A credential that an import is to change, among all of its scope. */
export interface ImportTarget {
  readonly id: string;
  readonly identity: CredentialIdentity;
  readonly all: readonly NamedCredential[];
  /** The list of its scope, read again. */
  readonly list: () => Promise<readonly NamedCredential[]>;
}

async function send(rest: Rest, identity: CredentialIdentity, pair: Pair): Promise<ImportAnswer> {
  const contentType = `application/x-yaml; charset=UTF-8; version=${SPECS_VERSION}`;
  try {
    return judgeImport(await rest.post('/import/sharedCredentials', { body: credentialDocument(identity, pair), contentType }));
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'unanswered', why: toRekeyError(thrown).message };
  }
}

/** An import that matches nothing makes a second credential: where its answer names no id, the list tells. */
async function settle({ id, identity, all, list }: ImportTarget): Promise<WriteAnswer> {
  const known = new Set(all.map((each) => each.id));
  const same = (await list()).filter(({ name }) => name === identity.name);
  const fresh = same.find((each) => !known.has(each.id));
  if (fresh !== undefined) return { kind: 'other-object', id: fresh.id };
  return same.some((each) => each.id === id)
    ? { kind: 'saved' }
    : { kind: 'unanswered', why: 'the import went through, and the list no longer holds the credential' };
}

/** Writes a credential by import: it is completely known, so nothing else can be lost [A]. */
export async function writeByImport(rest: Rest, target: ImportTarget, pair: Pair): Promise<WriteAnswer> {
  const answer = await send(rest, target.identity, pair);
  if (answer.kind !== 'imported') return clean(answer, pair);
  if (answer.id !== undefined) return answer.id === target.id ? { kind: 'saved' } : { kind: 'other-object', id: answer.id };
  try {
    return await settle(target);
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'unanswered', why: toRekeyError(thrown).message };
  }
}
