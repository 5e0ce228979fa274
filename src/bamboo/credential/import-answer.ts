import type { HttpResponse, WriteAnswer } from '../../core/ports.ts';
import { textOf } from '../answer.ts';
import { parseJson } from '../rest/json.ts';
import { judgeRest } from '../rest/rest-problem.ts';

/** What an import said. `told` is the id that its address names, where it names one. */
export type ImportAnswer = Exclude<WriteAnswer, { kind: 'saved' | 'session-lost' }> | { readonly kind: 'imported'; readonly id?: string };

/** The address of what was imported, bare or as a quoted JSON string [T]. */
function addressIn(text: string): URL | undefined {
  const parsed = parseJson(text);
  const address = (typeof parsed === 'string' ? parsed : text).trim();
  return URL.canParse(address, 'https://bamboo.invalid') ? new URL(address, 'https://bamboo.invalid') : undefined;
}

/** What the address calls its id is known for repositories only [T]: for a credential, whatever is called an id of credentials, or an id. */
function idIn(address: URL | undefined): string | undefined {
  const named = [...(address?.searchParams ?? [])].filter(([name, value]) => /^(shared_?)?(credentials?_?)?id$/i.test(name) && /^\d+$/.test(value));
  return named.length === 1 ? named[0]?.[1] : undefined;
}

/** Success is 200; a redirect is a failure, which leaves open what was done [A]. */
export function judgeImport(response: HttpResponse): ImportAnswer {
  const { status } = response;
  if (status >= 200 && status < 300) {
    const text = textOf(response);
    // An error body may come with status 200 [T].
    const answer = judgeRest('Importing', response);
    if (answer.kind === 'problem' && answer.status >= 400) return { kind: answer.status < 500 ? 'refused' : 'unanswered', why: answer.error.message };
    if (/^\s*[<{[]/.test(text)) return { kind: 'unanswered', why: 'the import was answered with something else than an address' };
    const id = idIn(addressIn(text));
    return { kind: 'imported', ...(id === undefined ? {} : { id }) };
  }
  const answer = judgeRest('Importing', response);
  const why = answer.kind === 'problem' ? answer.error.message : `Bamboo answered ${status}`;
  return status >= 400 && status < 500 ? { kind: 'refused', why } : { kind: 'unanswered', why };
}
