import type { Credential, Kind } from '../core/model.ts';
import { inferCredential } from '../core/sides.ts';

/** A slot that is certain to hold nothing of ours. */
export const NO_CREDENTIAL: Credential = { kind: 'none' };
/** A slot of which nothing is concluded. */
export const UNKNOWN_CREDENTIAL: Credential = { kind: 'unknown' };

/** A reference to a shared credential by its id; a source of SHARED_CREDENTIALS without one proves nothing. */
export function sharedSlot(id: string): Credential {
  return isReference(id) ? { kind: 'shared', shared: { id: ownCopy(id), name: '' } } : UNKNOWN_CREDENTIAL;
}

/** Whether a value names a shared credential: empty, 0 and negative numbers are what a form writes for "none". */
export function isReference(id: string): boolean {
  return id !== '' && !/^(-\d+|0+|null|none)$/i.test(id);
}

/** Copies a text out of the document that it was cut from, so that keeping it does not keep the whole document in memory. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Texts and credentials that rows repeat, each kept once; a table without repetition empties them again and again, so that they cannot fill the memory. */
export class Kept {
  readonly #texts = new Map<string, string>();
  readonly #inline = new Map<string, Credential>();

  text(text: string): string {
    return remember(this.#texts, text, () => ownCopy(text));
  }

  inline(kind: Kind, username: string): Credential {
    return remember(this.#inline, `${kind} ${username}`, () => inferCredential(kind, this.text(username)));
  }
}

const KEPT = 5000;

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KEPT) known.clear();
  const made = make();
  known.set(ownCopy(key), made);
  return made;
}
