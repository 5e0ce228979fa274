import { RekeyError } from '../../core/errors.ts';
import { bodyKind, textOf } from '../answer.ts';
import { isForeign } from '../page/page-kind.ts';
import { oneLine } from '../words.ts';
import type { Visit, Visitor } from './visit.ts';

/** What stands in Bamboo's place at the end of a visit; undefined where it may be Bamboo's own page. */
export function strangerAt(found: Visit): string | undefined {
  if (found.kind === 'away') return `it sends people to ${found.origin}`;
  if (found.kind === 'login' || !isForeign(found.page.document)) return undefined;
  const title = oneLine(found.page.document.$('title').first().text(), 80);
  return `it shows a page that is not Bamboo's${title === '' ? '' : `, titled "${title}"`}`;
}

/** `GET /status` is anonymous [P]: where it answers, Bamboo itself sends people elsewhere; else something stands in front of it. */
async function answersItself({ http, site, signal }: Visitor): Promise<boolean> {
  const url = site.address('/rest/api/latest/status');
  const request = { effect: 'read', method: 'GET', url, headers: { Accept: 'application/json' } } as const;
  const response = await http.send({ ...request, ...(signal === undefined ? {} : { signal }) });
  if (response.status >= 300 && response.status < 400) return false;
  return ['json', 'xml'].includes(bodyKind(response, textOf(response)));
}

/** @throws RekeyError ACCESS_PROXY where the stranger stands before the whole server, so that no credential is of use */
export async function refuseProxy(visitor: Visitor, stranger: string): Promise<void> {
  if (await answersItself(visitor)) return;
  throw new RekeyError('ACCESS_PROXY', `An access proxy stands in front of ${visitor.site.origin} and did not let bamboo-rekey through: ${stranger}.`);
}
