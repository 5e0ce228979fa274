import { z } from 'zod';
import { RekeyError } from '../../core/errors.ts';
import type { HttpResponse, WriteAnswer } from '../../core/ports.ts';
import { bodyKind, textOf } from '../answer.ts';
import { type PageDocument, parsePage, visibleText } from '../page/document.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import { Id, parseJson } from '../rest/json.ts';
import type { Site } from '../site.ts';
import { firstSentence, oneLine } from '../words.ts';

/** What was sent, as its answer may name it. */
export interface SaveSubject {
  readonly id: string;
  /** The field that holds the id, in the form and in a redirect. */
  readonly idName: 'repositoryId' | 'credentialsId';
  /** Key of the plan branch: its redirect may name nothing else. */
  readonly branch?: string;
}

const Texts = z.array(z.string()).catch([]);
const Named = z.object({ id: Id }).optional().catch(undefined);
/** `{status: "OK", repositoryResult: {id, name}}`, or `{status, fieldErrors, errors}` as other actions answer [D]. */
const SaveBody = z.object({
  status: z.string().optional(),
  repositoryResult: Named,
  fieldErrors: z.record(z.string(), Texts).nullish().catch(undefined),
  errors: Texts.nullish(),
});

const unanswered = (why: string): WriteAnswer => ({ kind: 'unanswered', why });
const refused = (words: readonly string[]): WriteAnswer => ({
  kind: 'refused',
  why: oneLine(words.filter((word) => word !== '').join(' ') || 'Bamboo gave no reason', 300),
});

function savedAs(stored: string, sent: string): WriteAnswer {
  return stored === sent ? { kind: 'saved' } : { kind: 'other-object', id: stored };
}

/** What the answer to a saved credential calls its object is not known: any object with an id beside the status counts. */
function credentialIn(value: unknown): string | undefined {
  const entries = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
  const named = Object.values(entries).flatMap((entry) => Named.parse(entry)?.id ?? []);
  return Id.safeParse(entries.credentialsId).data ?? named[0];
}

/** "OK" names the repository [D]; for a credential it may say no more than that, as other actions do. */
function judgeOk(stored: string | undefined, { id, idName }: SaveSubject): WriteAnswer {
  if (stored !== undefined) return savedAs(stored, id);
  return idName === 'credentialsId' ? { kind: 'saved' } : unanswered('Bamboo said OK and not to what');
}

function judgeJson(value: unknown, subject: SaveSubject): WriteAnswer {
  const { data } = SaveBody.safeParse(value);
  if (data === undefined) return unanswered('Bamboo answered with JSON of an unknown shape');
  const { status, repositoryResult, fieldErrors, errors } = data;
  const fields = Object.entries(fieldErrors ?? {}).map(([name, texts]) => `${name}: ${texts.map(firstSentence).join(' ')}`);
  const words = [...(errors ?? []).map(firstSentence), ...fields];
  if (status === 'OK' && words.length === 0) return judgeOk(subject.idName === 'credentialsId' ? credentialIn(value) : repositoryResult?.id, subject);
  if (status === 'ERROR' || words.length > 0) return refused(words);
  return status === 'CONFIRM' ? refused(['Bamboo asks for a confirmation']) : unanswered('Bamboo answered with JSON that does not say what it did');
}

/** In a browser the JSON of a multipart answer sits in a lone textarea with an HTML type [D]. */
function jsonInTextarea({ $ }: PageDocument): unknown {
  const areas = $('textarea');
  return areas.length === 1 && $('form').length === 0 ? parseJson(areas.text()) : undefined;
}

/** Validation errors come with status 200 and the form again [D]. */
function formErrors({ $ }: PageDocument, idName: string): string[] | undefined {
  if ($(`form [name=${idName}]`).length === 0) return undefined;
  const nodes = $('div.error.control-form-error, div.aui-message.error > p').get();
  return nodes.map((node) => [node.attribs['data-field-name'], firstSentence(visibleText(node))].filter(Boolean).join(': '));
}

function judgePage(page: PageDocument, status: number, idName: string): WriteAnswer {
  const errors = formErrors(page, idName);
  if (errors !== undefined) return errors.length > 0 ? refused(errors) : unanswered('Bamboo showed the form again and did not say why');
  const found = pageKind(page, status);
  const problem = pageProblem(found, 'Saving');
  if (found.kind === 'captcha') throw problem;
  // A secure administrator session ends as a login does: before the action is reached.
  if (found.kind === 'login' || found.kind === 'elevation') return { kind: 'session-lost' };
  return found.kind === 'xsrf' || found.kind === 'no-permission' ? refused([`${problem.message} ${problem.remedy}`]) : unanswered(problem.message);
}

/** The object that a redirect after a save names: a branch's page may name the branch alone [D, 5.8]. */
function namedIn(query: URLSearchParams, { id, idName, branch }: SaveSubject): string | undefined {
  const stored = query.get(idName);
  if (stored !== null) return stored;
  return branch !== undefined && query.get('planKey') === branch ? id : undefined;
}

/** Where a server may send people whose secure administrator session has ended; its address is not known [I]. */
const ELEVATION_PATH = /web-?sudo|elevat/i;

/** Without JSON mode success is a redirect with `saved=true&repositoryId=N`; a lost session is a redirect to the login page [D]. */
function judgeRedirect(response: HttpResponse, site: Site, subject: SaveSubject): WriteAnswer {
  const location = response.headers.location ?? '';
  const to = site.destination(response.url, location);
  if (to.kind === 'login' || (to.kind === 'within' && ELEVATION_PATH.test(new URL(to.url).pathname))) return { kind: 'session-lost' };
  const query = URL.canParse(location, response.url) ? new URL(location, response.url).searchParams : new URLSearchParams();
  const stored = namedIn(query, subject);
  return query.get('saved') === 'true' && stored !== undefined
    ? savedAs(stored, subject.id)
    : unanswered('Bamboo redirected to a page that does not say whether it saved');
}

/** Judges what came back from a save. Believes nothing that does not name the object. @throws RekeyError with exit 7 */
export function judgeSave(response: HttpResponse, site: Site, subject: SaveSubject): WriteAnswer {
  const { status } = response;
  if (status === 401) throw new RekeyError('LOGIN_REFUSED', 'Saving: Bamboo refused the login (401). Nothing more was tried.');
  if (status === 429) return refused(['Bamboo limits requests (429)']);
  if (status >= 300 && status < 400) return judgeRedirect(response, site, subject);
  const text = textOf(response);
  const kind = bodyKind(response, text);
  if (kind === 'json' && status < 400) return judgeJson(parseJson(text), subject);
  if (kind === 'xml' && status < 400) return unanswered('Bamboo answered with XML');
  const page = parsePage(text);
  const wrapped = status < 400 ? jsonInTextarea(page) : undefined;
  return wrapped === undefined ? judgePage(page, status, subject.idName) : judgeJson(wrapped, subject);
}
