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

const Texts = z.array(z.string()).catch([]);
/** `{status: "OK", repositoryResult: {id, name}}`, or `{status, fieldErrors, errors}` as other actions answer [D]. */
const SaveBody = z.object({
  status: z.string().optional(),
  repositoryResult: z.object({ id: Id }).optional().catch(undefined),
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

function judgeJson(value: unknown, id: string): WriteAnswer {
  const { data } = SaveBody.safeParse(value);
  if (data === undefined) return unanswered('Bamboo answered with JSON of an unknown shape');
  const { status, repositoryResult, fieldErrors, errors } = data;
  const fields = Object.entries(fieldErrors ?? {}).map(([name, texts]) => `${name}: ${texts.map(firstSentence).join(' ')}`);
  const words = [...(errors ?? []).map(firstSentence), ...fields];
  if (status === 'OK' && words.length === 0)
    return repositoryResult === undefined ? unanswered('Bamboo said OK and not to what') : savedAs(repositoryResult.id, id);
  if (status === 'ERROR' || words.length > 0) return refused(words);
  return status === 'CONFIRM' ? refused(['Bamboo asks for a confirmation']) : unanswered('Bamboo answered with JSON that does not say what it did');
}

/** In a browser the JSON of a multipart answer sits in a lone textarea with an HTML type [D]. */
function jsonInTextarea({ $ }: PageDocument): unknown {
  const areas = $('textarea');
  return areas.length === 1 && $('form').length === 0 ? parseJson(areas.text()) : undefined;
}

/** Validation errors come with status 200 and the form again [D]. */
function formErrors({ $ }: PageDocument): string[] | undefined {
  if ($('form [name=repositoryId]').length === 0) return undefined;
  const nodes = $('div.error.control-form-error, div.aui-message.error > p').get();
  return nodes.map((node) => [node.attribs['data-field-name'], firstSentence(visibleText(node))].filter(Boolean).join(': '));
}

function judgePage(page: PageDocument, status: number): WriteAnswer {
  const errors = formErrors(page);
  if (errors !== undefined) return errors.length > 0 ? refused(errors) : unanswered('Bamboo showed the form again and did not say why');
  const found = pageKind(page, status);
  const problem = pageProblem(found, 'Saving');
  if (found.kind === 'captcha') throw problem;
  if (found.kind === 'login') return { kind: 'session-lost' };
  return found.kind === 'xsrf' || found.kind === 'elevation' || found.kind === 'no-permission' ? refused([problem.message]) : unanswered(problem.message);
}

/** Without JSON mode success is a redirect with `saved=true&repositoryId=N`; a lost session is a redirect to the login page [D]. */
function judgeRedirect(response: HttpResponse, site: Site, id: string): WriteAnswer {
  const location = response.headers.location ?? '';
  const to = site.destination(response.url, location);
  if (to.kind === 'login') return { kind: 'session-lost' };
  const query = URL.canParse(location, response.url) ? new URL(location, response.url).searchParams : new URLSearchParams();
  const stored = query.get('repositoryId');
  return query.get('saved') === 'true' && stored !== null ? savedAs(stored, id) : unanswered('Bamboo redirected to a page that does not say whether it saved');
}

/** Judges what came back from a save. Believes nothing that does not name the object. @throws RekeyError with exit 7 */
export function judgeSave(response: HttpResponse, site: Site, id: string): WriteAnswer {
  const { status } = response;
  if (status === 401) throw new RekeyError('LOGIN_REFUSED', 'Saving: Bamboo refused the login (401). Nothing more was tried.');
  if (status === 429) return refused(['Bamboo limits requests (429)']);
  if (status >= 300 && status < 400) return judgeRedirect(response, site, id);
  const text = textOf(response);
  const kind = bodyKind(response, text);
  if (kind === 'json' && status < 400) return judgeJson(parseJson(text), id);
  if (kind === 'xml' && status < 400) return unanswered('Bamboo answered with XML');
  const page = parsePage(text);
  const wrapped = status < 400 ? jsonInTextarea(page) : undefined;
  return wrapped === undefined ? judgePage(page, status) : judgeJson(wrapped, id);
}
