import { z } from 'zod';
import type { HttpResponse, TokenListing } from '../core/ports.ts';
import { refusal, type TokenRefusal } from '../core/token-cause.ts';
import { readErrorAnswer } from './error-answer.ts';
import { type ListPage, nextAddress, readPage } from './list-answer.ts';
import { refusedCall } from './refusals.ts';

/** No workspace has a million repositories: a list that goes on so long goes in circles. */
const MOST_PAGES = 10_000;

const name = z.string().min(1);
const workspaceName = z.object({ slug: name, uuid: name.optional().catch(undefined) });
const Membership = z.union([z.object({ workspace: workspaceName }).transform(({ workspace }) => workspace), workspaceName]);
/** A right on a repository that is being removed names none. */
const Grant = z
  .object({ repository: z.object({ full_name: name }) })
  .transform(({ repository }) => repository.full_name)
  .catch('');

/** One page of `GET /user/workspaces`. */
export function workspacesPage(response: HttpResponse): ListPage<z.infer<typeof workspaceName>> | TokenRefusal {
  return pageOf(response, Membership, 'read:workspace:bitbucket');
}

/** One page of `GET /user/workspaces/{workspace}/permissions/repositories`. */
export function grantsPage(response: HttpResponse, workspace: string): ListPage<string> | TokenRefusal {
  if (response.status === 404 && !readErrorAnswer(response).isWebPage)
    return refusal(
      'workspace-hidden',
      `Bitbucket shows the token no workspace ${workspace} (404): the token is limited to another one, or its account is no member.`,
    );
  return pageOf(response, Grant, 'read:repository:bitbucket');
}

function pageOf<T>(response: HttpResponse, entry: z.ZodType<T>, scope: string): ListPage<T> | TokenRefusal {
  return response.status === 200 ? readPage(response, entry) : refusedCall(response, readErrorAnswer(response), scope);
}

/** Follows `next` page by page, as long as `goOn` says; what was read before a page that fails is given with the reason. */
export async function readList<T>(
  first: string,
  read: (url: string) => Promise<ListPage<T> | TokenRefusal>,
  goOn: (page: readonly T[]) => boolean = () => true,
): Promise<TokenListing<T>> {
  const entries: T[] = [];
  let url = first;
  for (let count = 1; ; count++) {
    const page = await read(url);
    if (page.kind !== 'page') return count === 1 ? page : { kind: 'listed', entries, broken: page };
    entries.push(...page.entries);
    if (!goOn(page.entries) || page.next === undefined) return { kind: 'listed', entries };
    const next = nextAddress(page.next, url);
    if (typeof next !== 'string') return { kind: 'listed', entries, broken: next };
    if (next === url || count === MOST_PAGES) return { kind: 'listed', entries, broken: refusal('not-understood', 'A list of Bitbucket does not end.') };
    url = next;
  }
}
