import { endsEverything, RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { ObjectState } from '../../core/object-state.ts';
import type { Opened, Pair, Route, TestAnswer, WriteAnswer } from '../../core/ports.ts';
import { credentialText, withCredential, withCredentialText } from '../../core/specs-document/credential-text.ts';
import { parseSpecs, type SpecsTree } from '../../core/specs-document/parse-specs.ts';
import { stateOfDocument } from '../../core/specs-document/repository-document.ts';
import { contentsOf } from '../../core/specs-document/tree-settings.ts';
import { wireText } from '../clear-text.ts';
import { pairProblem } from '../form/post-form.ts';
import { importDocument } from './import-document.ts';
import type { ImportRouteParts } from './import-parts.ts';
import { openTwin } from './twin.ts';

const refused = (why: string): WriteAnswer => ({ kind: 'refused', why });

/** The `import` route: the server's own document, two values changed, sent back. */
export function createImportRoute({ form, ...given }: Omit<ImportRouteParts, 'testAt'> & { readonly form: Route }): Route {
  const parts: ImportRouteParts = { ...given, testAt: (place, pair) => testThrough(form, place, pair) };
  return {
    name: 'import',
    async open(place, signal): Promise<Opened> {
      if (place.level !== 'global' && place.level !== 'project')
        throw new RekeyError('DOCUMENT_REFUSED', 'Bamboo exports linked and project repositories only.', { remedy: 'Set apply.route to auto or form.' });
      if (place.object === 'twin') return openTwin(parts, place, signal);
      const { tree, oid } = await parts.documents.read(place, signal);
      const state = stateOfDocument(tree, { place, oid, gitBase: parts.gitBase });
      if (state === undefined) return { kind: 'other-type', type: tree.entityClass };
      return { kind: 'object', object: { state, write: (pair) => write(parts, tree, state, pair), test: (pair) => parts.testAt(place, pair) } };
    },
  };
}

async function write({ rest }: ImportRouteParts, tree: SpecsTree, { place, writable }: ObjectState, pair: Pair): Promise<WriteAnswer> {
  if (writable.kind === 'no') return refused(writable.why);
  const problem = pairProblem(pair);
  if (problem !== undefined) return refused(problem);
  const body = pair.document === undefined ? withCredential(tree, clearPair(pair)) : restored(tree, pair.document);
  if (body === undefined || !differsInCredentialOnly(tree, body))
    return refused('user name and password stand in its exported document in a shape that is not known');
  return importDocument(rest, { body, modelVersion: tree.modelVersion }, pair, (id) => id === place.id);
}

function clearPair({ username, secret }: Pair): { username: string; password: string } {
  return { username, password: wireText(secret) };
}

/** The kept document's two values in the fresh document: what else was there has been compared before. */
function restored(tree: SpecsTree, document: string): string | undefined {
  const kept = parseSpecs(document);
  const text = kept.kind === 'tree' ? credentialText(kept.tree) : undefined;
  return text === undefined ? undefined : withCredentialText(tree, text);
}

/** The last look before the write: the new text still means the same, but for the two values. */
function differsInCredentialOnly(tree: SpecsTree, body: string): boolean {
  const changed = parseSpecs(body);
  return changed.kind === 'tree' && JSON.stringify(contentsOf(changed.tree)) === JSON.stringify(contentsOf(tree));
}

/** Bamboo's connection test is asked with the names of the form's fields [P]. */
async function testThrough(form: Route, place: Place, pair: Pair | 'stored'): Promise<TestAnswer> {
  if (pair !== 'stored' && pair.document !== undefined) return { kind: 'not-offered', why: 'the kept secret is encrypted: only Bamboo itself can use it' };
  try {
    const opened = await form.open(place);
    return opened.kind === 'object' ? await opened.object.test(pair) : { kind: 'not-offered', why: 'its edit form shows another object' };
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'not-offered', why: `its edit form could not be read: ${toRekeyError(thrown).message}` };
  }
}
