import { z } from 'zod';
import type { HttpResponse, TokenAnswer } from '../core/ports.ts';
import { refusal } from '../core/token-cause.ts';
import { parseJson, readErrorAnswer } from './error-answer.ts';
import { refusedCall, strangeSuccess } from './refusals.ts';

const Repository = z.object({ full_name: z.string().min(1), is_private: z.boolean().optional().catch(undefined) });

/** Tells what `GET /repositories/{workspace}/{slug}` says of the token; `asked` is `workspace/slug`. */
export function classifyRepository(response: HttpResponse, asked: string): TokenAnswer {
  if (response.status === 200) return found(response, asked);
  const answer = readErrorAnswer(response);
  // Hidden and missing are the same answer [M].
  if (response.status === 404 && !answer.isWebPage)
    return refusal('hidden', `Bitbucket shows the token no repository ${asked} (404). Hidden and missing look the same.`);
  const moved = redirectedName(response);
  return moved === undefined ? refusedCall(response, answer, 'read:repository:bitbucket') : movedTo(asked, moved);
}

function found(response: HttpResponse, asked: string): TokenAnswer {
  const repository = Repository.safeParse(parseJson(Buffer.from(response.body).toString('utf8'))).data;
  if (repository === undefined) return strangeSuccess(response, readErrorAnswer(response), 'Bitbucket repository');
  if (repository.full_name.toLowerCase() !== asked.toLowerCase()) return movedTo(asked, repository.full_name);
  // Scopes that are not told may mean that anybody would have been answered so [I].
  const anonymous = repository.is_private === undefined && response.headers['x-oauth-scopes'] === undefined;
  if (repository.is_private !== false && !anonymous) return { kind: 'good' };
  return refusal('public', `The repository ${asked} is public: anybody can read it, so it proves nothing of the token.`);
}

function movedTo(asked: string, present: string): TokenAnswer {
  return refusal('moved', `The repository ${asked} was renamed or moved: it is now ${present}.`);
}

/** Where a redirect within Bitbucket leads to another repository; it is not followed. */
function redirectedName({ status, url, headers }: HttpResponse): string | undefined {
  const location = headers['location'];
  if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, url)) return undefined;
  const to = new URL(location, url);
  const [, workspace, slug] = /\/repositories\/([^/]+)\/([^/]+)\/?$/.exec(to.pathname) ?? [];
  return to.origin === new URL(url).origin && workspace !== undefined ? `${workspace}/${slug}` : undefined;
}
