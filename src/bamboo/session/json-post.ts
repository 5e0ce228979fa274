import { RekeyError } from '../../core/errors.ts';
import type { HttpResponse } from '../../core/ports.ts';
import { saysCaptcha, textOf } from '../answer.ts';
import { parseJson } from '../rest/json.ts';
import type { Visitor } from './visit.ts';

/** What a login call answered. `refused`: the server understood and said no, which counts as an attempt. */
export type LoginAnswer =
  | { readonly kind: 'taken'; readonly body: unknown }
  /** 412: one more step is wanted [D, the same plugin's description in Bitbucket]. */
  | { readonly kind: 'refused' | 'more-wanted'; readonly status: number; readonly body: unknown }
  /** This server has no such call. */
  | { readonly kind: 'absent' };

/** A CAPTCHA shows in the words of the lock, or in a refusal that speaks of one. */
function asksForCaptcha(status: number, text: string): boolean {
  return saysCaptcha(text) || (status >= 400 && /captcha/i.test(text));
}

function judge(what: string, response: HttpResponse): LoginAnswer {
  const { status } = response;
  const text = textOf(response);
  if (asksForCaptcha(status, text)) throw new RekeyError('LOGIN_CAPTCHA', `${what}: Bamboo asks for a CAPTCHA, because too many logins of this user failed.`);
  const body = parseJson(text);
  if (status >= 200 && status < 300) return { kind: 'taken', body };
  if (status === 404 || status === 405) return { kind: 'absent' };
  if (status === 412) return { kind: 'more-wanted', status, body };
  if (status === 400 || status === 401 || status === 403) return { kind: 'refused', status, body };
  if (status === 429) throw new RekeyError('RATE_LIMITED', `${what}: Bamboo answered 429.`);
  if (status >= 500) throw new RekeyError('SERVER_UNREACHABLE', `${what}: Bamboo answered ${status}.`);
  throw new RekeyError('LOGIN_UNSUPPORTED', `${what}: Bamboo answered ${status}, which is no answer to a login.`);
}

/** Posts one step of a login as JSON, once. @throws RekeyError LOGIN_CAPTCHA, or when the answer is none */
export async function postStep(visitor: Visitor, path: string, step: Readonly<Record<string, string | boolean>>): Promise<LoginAnswer> {
  const { http, site, signal } = visitor;
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Atlassian-Token': 'no-check', ...visitor.headers };
  const request = { effect: 'write', method: 'POST', url: site.address(path), headers, body: JSON.stringify(step) } as const;
  return judge(`POST ${path}`, await http.send({ ...request, ...(signal === undefined ? {} : { signal }) }));
}
