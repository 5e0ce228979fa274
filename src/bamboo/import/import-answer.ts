import type { HttpResponse, WriteAnswer } from '../../core/ports.ts';
import { textOf } from '../answer.ts';
import { Id, parseJson } from '../rest/json.ts';
import { judgeRest } from '../rest/rest-problem.ts';

const unanswered = (why: string): WriteAnswer => ({ kind: 'unanswered', why });

/** Judges what came back from the import of a repository: success names the repository in the address that it answers with [T]. */
export function judgeRepositoryImport(response: HttpResponse, isExpected: (id: string) => boolean): WriteAnswer {
  const { status } = response;
  const text = textOf(response).trim();
  // An error body may come with status 200 [T]; a redirect is a failure that leaves open what was done [A].
  if (status === 200 && !/^[<{]/.test(text)) return judgeAddress(text, isExpected);
  const isError = status === 200 && text.startsWith('{') && /"(errors|fieldErrors|message|status-code)"/.test(text);
  const answer = judgeRest('POST /rest/api/latest/import/repository', isError ? { ...response, status: 400 } : response);
  const why = answer.kind === 'problem' ? answer.error.message : `Bamboo answered ${status} with something else than an address`;
  return isError || (status >= 400 && status < 500) ? { kind: 'refused', why } : unanswered(why);
}

/** The address is bare, or a quoted JSON string [T]. */
function judgeAddress(text: string, isExpected: (id: string) => boolean): WriteAnswer {
  const parsed = parseJson(text);
  const address = typeof parsed === 'string' ? parsed.trim() : text;
  const url = URL.canParse(address, 'https://bamboo.invalid') ? new URL(address, 'https://bamboo.invalid') : undefined;
  const told = Id.safeParse(url?.searchParams.get('repositoryId')).data;
  if (told === undefined || told === '') return unanswered('the import was answered with an address that names no repository');
  return isExpected(told) ? { kind: 'saved' } : { kind: 'other-object', id: told };
}
