import { z } from 'zod';
import { type ErrorCode, RekeyError } from '../../core/errors.ts';
import type { HttpResponse } from '../../core/ports.ts';
import { type BodyKind, bodyKind, saysCaptcha, textOf } from '../answer.ts';
import { parsePage } from '../page/document.ts';
import { isForeign } from '../page/page-kind.ts';
import { firstSentence, oneLine, quoted } from '../words.ts';
import { Id, parseJson } from './json.ts';

const Texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]).catch([]);
/** `{message, status-code}` [T] and `{errors, fieldErrors}` [A], in whatever mixture. */
const ErrorBody = z.object({
  message: z.string().optional().catch(undefined),
  'status-code': Id.optional().catch(undefined),
  statusCode: Id.optional().catch(undefined),
  errors: Texts.optional(),
  fieldErrors: z.record(z.string(), Texts).optional().catch(undefined),
});
type ErrorBody = z.infer<typeof ErrorBody>;

/** What a REST answer is once its body has been looked at; a problem of status 0 is one without an answer. */
export type RestAnswer = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'problem'; readonly status: number; readonly error: RekeyError };

function wordsOf(body: ErrorBody): string {
  const fields = Object.entries(body.fieldErrors ?? {}).map(([name, texts]) => `${name}: ${texts.join(' ')}`);
  return [body.message ?? '', ...(body.errors ?? []), ...fields]
    .map((text) => firstSentence(text))
    .filter((text) => text !== '')
    .join(' ');
}

/** The words of an error body in XML, which may come whatever was asked for [T]. */
function wordsOfXml(text: string): string {
  return firstSentence(/<message>([^<]*)<\/message>/i.exec(text)?.[1] ?? '');
}

/** The status that an error body in XML tells, as the one in JSON does [T]. */
function statusOfXml(text: string): string | undefined {
  return /<status-code>\s*(\d{3})\s*<\/status-code>/i.exec(text)?.[1];
}

function codeFor(status: number, text: string): ErrorCode {
  if (saysCaptcha(text)) return 'LOGIN_CAPTCHA';
  if (status === 401) return 'LOGIN_REFUSED';
  if (status === 403) return 'PERMISSION_MISSING';
  if (status === 404) return 'PAGE_MISSING';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 502 || status === 503 || status === 504) return 'SERVER_UNREACHABLE';
  if (status >= 500) return 'PAGE_ERROR';
  return 'ANSWER_NOT_UNDERSTOOD';
}

function failed(what: string, status: number, text: string, words: string): RestAnswer {
  const said = words === '' ? '' : `: ${quoted(oneLine(words))}`;
  return { kind: 'problem', status, error: new RekeyError(codeFor(status, text), `${what}: Bamboo answered ${status}${said}.`) };
}

/** A page that asks people to log in and is not Bamboo's. */
function isOthersLogin(text: string): boolean {
  const page = parsePage(text);
  return isForeign(page) && (page.$('input[type=password]').length > 0 || /\b(log|sign)\s?[io]n\b/i.test(page.$('title, h1, h2, button').text()));
}

function proxy(what: string, met: string): RekeyError {
  return new RekeyError('ACCESS_PROXY', `${what}: an access proxy stands in front of Bamboo and did not let bamboo-rekey through: it ${met}.`);
}

function notJson(what: string, status: number, kind: BodyKind, text: string): RestAnswer {
  if (kind === 'html' && isOthersLogin(text)) return { kind: 'problem', status, error: proxy(what, 'shows a login page of its own') };
  const met = { json: 'broken JSON', xml: 'XML instead of JSON', html: 'a web page instead of JSON', other: 'no JSON' }[kind];
  const words = kind === 'xml' ? wordsOfXml(text) : '';
  const said = words === '' ? '' : `: ${quoted(words)}`;
  return { kind: 'problem', status, error: new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what}: the server answered ${status} with ${met}${said}.`) };
}

/** REST calls are not redirected by Bamboo itself: the same call at another address is a server that has moved, anything else a login of somebody's. */
function away(what: string, response: HttpResponse): RestAnswer {
  const location = response.headers.location ?? '';
  const target = URL.canParse(location, response.url) ? new URL(location, response.url) : undefined;
  const to = oneLine(target === undefined ? 'nowhere' : `${target.origin}${target.pathname}`);
  const call = /\/rest\/.*$/.exec(new URL(response.url).pathname)?.[0] ?? '';
  // Not logged in = redirect to a path ending in `/userlogin…` [D].
  if (target?.origin === new URL(response.url).origin && /\/userlogin[^/]*$/i.test(target.pathname)) {
    return {
      kind: 'problem',
      status: response.status,
      error: new RekeyError('LOGIN_ENDED', `${what}: Bamboo sends to its login page: nobody is logged in, or no longer.`),
    };
  }
  const hasMoved = target === undefined || target.pathname.endsWith(call);
  const error = hasMoved ? new RekeyError('REDIRECTED_AWAY', `${what}: the server redirects to ${to}.`) : proxy(what, `sends people to ${to}`);
  return { kind: 'problem', status: response.status, error };
}

/** Judges a REST answer by its status, its content type and its shape. */
export function judgeRest(what: string, response: HttpResponse): RestAnswer {
  const { status } = response;
  if (status >= 300 && status < 400) return away(what, response);
  const text = textOf(response);
  const kind = bodyKind(response, text);
  const value = kind === 'json' ? parseJson(text) : undefined;
  const body = ErrorBody.safeParse(value);
  const told = Number((kind === 'xml' ? statusOfXml(text) : undefined) ?? body.data?.['status-code'] ?? body.data?.statusCode ?? status);
  const worst = status >= 400 || !Number.isInteger(told) ? status : told;
  if (status >= 400 && kind === 'html' && isOthersLogin(text)) return notJson(what, status, kind, text);
  if (worst >= 400) return failed(what, worst, text, body.success ? wordsOf(body.data) : wordsOfXml(text));
  return value === undefined ? notJson(what, status, kind, text) : { kind: 'json', value };
}
