import type { HttpResponse, TokenAnswer } from '../core/ports.ts';
import type { ErrorAnswer } from './error-answer.ts';

/** A verdict that is not `good`. */
export type Refusal = Exclude<TokenAnswer, { readonly kind: 'good' }>;

/** The token must not be written. */
export const bad = (why: string): Refusal => ({ kind: 'bad', why });
/** The answer says nothing of the token. */
export const undecided = (why: string): Refusal => ({ kind: 'undecided', why });

const CREATE = 'Create one in the Atlassian account with "Create API token with scopes", app Bitbucket';

interface KnownText {
  readonly text: RegExp;
  readonly refusal: (answer: ErrorAnswer) => Refusal;
}

/** Words that tell the cause whatever the status; REST and git use the same ones (bitbucket-wire.md, "Errors" and "Git over HTTPS"). */
const KNOWN_TEXTS: readonly KnownText[] = [
  // [M]
  {
    text: /no bitbucket scopes/i,
    refusal: () => bad(`Bitbucket says that the token has no Bitbucket scopes. They are fixed when a token is made. ${CREATE}.`),
  },
  // [D] 410 "CHANGE-3222…" or "App passwords are deprecated and must be replaced with API tokens."
  {
    text: /CHANGE-3222|app passwords? (are|is|were|was|has|have)\b/i,
    refusal: () => bad(`Bitbucket took the secret for an app password, and app passwords are gone. It wants an API token. ${CREATE}.`),
  },
  // [D] covers git data only; this computer's address is not the one of Bamboo
  {
    text: /(whitelist|allowlist)/i,
    refusal: () =>
      undecided(
        "Bitbucket lets only listed IP addresses in, and this computer's is not among them. Have a workspace administrator add it; whether Bamboo's address is let in, only Bamboo's own connection test tells.",
      ),
  },
  // [D]
  {
    text: /two-step|two-factor|2fa/i,
    refusal: () => bad('Bitbucket demands two-step verification for this repository. Turn it on for the account that owns the token.'),
  },
];

/** The cause that an error names in words, if it is one that is known; the words of somebody's web page are not Bitbucket's. */
export function refusalInWords(answer: ErrorAnswer): Refusal | undefined {
  if (answer.isWebPage) return undefined;
  return KNOWN_TEXTS.find(({ text }) => text.test(answer.text))?.refusal(answer);
}

/** Whether the token is valid and only a scope is missing [M]. */
export function lacksScope(answer: ErrorAnswer): boolean {
  return answer.status === 403 && !answer.isWebPage && (answer.requiredScopes.length > 0 || /privilege scopes|required scope/i.test(answer.text));
}

/** A valid token without a scope. */
export function scopeMissing(answer: ErrorAnswer, needed: string): Refusal {
  const scopes = answer.requiredScopes.length > 0 ? answer.requiredScopes.join(', ') : needed;
  return bad(`Bitbucket knows the token, but it lacks the scope ${scopes}. Scopes are fixed when a token is made. ${CREATE}.`);
}

/** Answers that say nothing of the token: the address, a proxy, the rate or the server is the matter. */
export function beyondTheToken(response: HttpResponse, answer: ErrorAnswer): Refusal {
  const { status } = response;
  if (status >= 300 && status < 400) return redirected(response);
  if (status === 429)
    return undecided(
      'Bitbucket refused because of the rate of requests (429). Its quota counts a rolling hour and is shared with Bamboo: wait, then run the same command again.',
    );
  if (answer.isWebPage)
    return undecided(
      `A web page came (status ${status}) where Bitbucket should answer. A proxy or a sign-on page stands in between, or bitbucket.api and bitbucket.git are wrong.`,
    );
  if (status === 410)
    return undecided(`Bitbucket says that this call is gone (410${quoted(answer)}). That is no fault of the token: look for a newer version of bamboo-rekey.`);
  if (status >= 500) return undecided(`Bitbucket has a fault of its own (${status}${quoted(answer)}). Run the same command again later.`);
  return undecided(`Bitbucket's answer is not understood (${status}${quoted(answer)}). Check bitbucket.api and bitbucket.git.`);
}

function quoted({ text, isWebPage }: ErrorAnswer): string {
  return text === '' || isWebPage ? '' : `, "${text.slice(0, 120)}"`;
}

/** Redirects are never followed: the credential would go with them. */
function redirected({ status, url, headers }: HttpResponse): Refusal {
  const location = headers['location'] ?? '';
  const from = new URL(url);
  if (!URL.canParse(location, url)) return undecided(`Bitbucket redirects to nowhere (${status}). Check bitbucket.api and bitbucket.git.`);
  const to = new URL(location, url);
  if (to.origin === from.origin)
    return undecided(
      `Bitbucket redirects to ${to.pathname} (${status}), which is not followed: the repository may have been renamed or moved. Check its name.`,
    );
  return undecided(
    `${from.host} redirects to ${to.host} (${status}), which is not followed: a token is never sent to another host. Check bitbucket.api, bitbucket.git and HTTPS_PROXY.`,
  );
}
