import type { HttpResponse, TokenAnswer } from '../core/ports.ts';
import { refusal } from '../core/token-cause.ts';
import { readErrorAnswer } from './error-answer.ts';
import { beyondTheToken, lacksScope, refusalInWords, scopeMissing, strangeSuccess } from './refusals.ts';

const ADVERTISEMENT = 'application/x-git-upload-pack-advertisement';

/** Tells what git's answer says of the token; `repository` is `workspace/slug`, for the sentence. */
export function classifyProbe(response: HttpResponse, repository: string): TokenAnswer {
  if (response.status === 200) return advertised(response);
  const answer = readErrorAnswer(response);
  const inWords = refusalInWords(answer);
  if (inWords !== undefined) return inWords;
  if (response.status === 401) return refused(repository);
  if (lacksScope(answer)) return scopeMissing(answer, 'read:repository:bitbucket');
  if (response.status === 404)
    return refusal('hidden', `Bitbucket shows the token no repository ${repository} (404). Hidden, missing and renamed look the same.`);
  return beyondTheToken(response, answer);
}

/** Good is the type *and* a first pkt-line that names the service; its length prefix may be any four hex digits [D]. */
function advertised(response: HttpResponse): TokenAnswer {
  const start = Buffer.from(response.body).toString('latin1');
  const isType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === ADVERTISEMENT;
  if (isType && /^[0-9a-f]{4}# service=git-upload-pack(?![\w-])/i.test(start)) return { kind: 'good' };
  return strangeSuccess(response, readErrorAnswer(response), 'git server');
}

/** 401 "You may not have access to this repository or it no longer exists in this workspace…": git does not tell which [M]. */
function refused(repository: string): TokenAnswer {
  return refusal(
    'hidden',
    `Bitbucket does not let the token read ${repository} by git (401). A wrong, expired or revoked token, one limited to another workspace and a repository that is hidden from it or gone look the same.`,
  );
}
