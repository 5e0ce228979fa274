import { cutWords } from '../core/cut.ts';
import type { HttpResponse } from '../core/ports.ts';
import { refusal, type TokenRefusal } from '../core/token-cause.ts';
import type { ErrorAnswer } from './error-answer.ts';

interface KnownText {
  readonly text: RegExp;
  readonly refusal: () => TokenRefusal;
}

/** Words that tell the cause whatever the status; REST and git use the same ones (bitbucket-wire.md, "Errors" and "Git over HTTPS"). */
const KNOWN_TEXTS: readonly KnownText[] = [
  // [M]
  { text: /no bitbucket scopes/i, refusal: () => refusal('unscoped', 'Bitbucket says that the token has no Bitbucket scopes.') },
  // [D] 410 "CHANGE-3222…" or "App passwords are deprecated and must be replaced with API tokens."
  {
    text: /CHANGE-3222|app passwords? (are|is|were|was|has|have)\b/i,
    refusal: () => refusal('app-password', 'Bitbucket took the secret for an app password, and app passwords are gone.'),
  },
  // [D] covers git data only; this computer's address is not the one of Bamboo
  {
    text: /(whitelist|allowlist)/i,
    refusal: () => refusal('ip-allowlist', "Bitbucket lets only listed IP addresses in, and this computer's is not among them."),
  },
  // [D]
  { text: /two-step|two-factor|2fa/i, refusal: () => refusal('two-step', 'Bitbucket demands two-step verification for this repository.') },
];

/** The cause that an error names in words, if it is one that is known; the words of somebody's web page are not Bitbucket's. */
export function refusalInWords(answer: ErrorAnswer): TokenRefusal | undefined {
  if (answer.isWebPage) return undefined;
  return KNOWN_TEXTS.find(({ text }) => text.test(answer.text))?.refusal();
}

/** The body is the same for all four causes, or empty [D]. */
function wrongCredential(): TokenRefusal {
  return refusal('refused', 'Bitbucket refused the email and token (401). A wrong email and a wrong, an expired and a revoked token all look like this.');
}

/** Whether the token is valid and only a scope is missing [M]. */
export function lacksScope(answer: ErrorAnswer): boolean {
  return answer.status === 403 && !answer.isWebPage && (answer.requiredScopes.length > 0 || /privilege scopes|required scope/i.test(answer.text));
}

/** A valid token without a scope. */
export function scopeMissing(answer: ErrorAnswer, needed: string): TokenRefusal {
  const scopes = answer.requiredScopes.length > 0 ? answer.requiredScopes.join(', ') : needed;
  return refusal('scope-missing', `Bitbucket knows the token, but it lacks the scope ${scopes}.`);
}

/** Answers that say nothing of the token: the address, a proxy, the rate or the server is the matter. */
export function beyondTheToken(response: HttpResponse, answer: ErrorAnswer): TokenRefusal {
  const { status } = response;
  if (status >= 300 && status < 400) return redirected(response);
  if (status === 429) return refusal('quota', 'Bitbucket refused because of the rate of requests (429).');
  if (answer.isWebPage) return refusal('proxy-page', `A web page came (status ${status}) where Bitbucket should answer.`);
  if (status === 410) return refusal('gone', `Bitbucket says that this call is gone (410${quoted(answer)}).`);
  if (status >= 500) return refusal('server-fault', `Bitbucket has a fault of its own (${status}${quoted(answer)}).`);
  return refusal('not-understood', `Bitbucket's answer is not understood (${status}${quoted(answer)}).`);
}

/** An answer to a REST call that is no success, where nothing about the call itself explains it. */
export function refusedCall(response: HttpResponse, answer: ErrorAnswer, scope: string): TokenRefusal {
  const inWords = refusalInWords(answer);
  if (inWords !== undefined) return inWords;
  if (response.status === 401) return wrongCredential();
  if (lacksScope(answer)) return scopeMissing(answer, scope);
  return beyondTheToken(response, answer);
}

/** 200 with something that is not what was asked for. */
export function strangeSuccess(response: HttpResponse, answer: ErrorAnswer, expected: string): TokenRefusal {
  return answer.isWebPage ? beyondTheToken(response, answer) : refusal('not-understood', `Something answered 200 that is no ${expected}.`);
}

function quoted({ text, isWebPage }: ErrorAnswer): string {
  return text === '' || isWebPage ? '' : `, "${cutWords(text, 120)}"`;
}

/** Redirects are never followed: the credential would go with them. */
function redirected({ status, url, headers }: HttpResponse): TokenRefusal {
  const location = headers['location'] ?? '';
  const from = new URL(url);
  if (!URL.canParse(location, url)) return refusal('not-understood', `Bitbucket redirects to nowhere (${status}).`);
  const to = new URL(location, url);
  if (to.origin !== from.origin) return refusal('redirected', `${from.host} redirects to ${to.host} (${status}), which is not followed.`);
  return refusal(
    'not-understood',
    `Bitbucket redirects to ${to.pathname} (${status}), which is not followed: the repository may have been renamed or moved.`,
    'Check its name.',
  );
}
