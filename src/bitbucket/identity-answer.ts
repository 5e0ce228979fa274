import { z } from 'zod';
import type { HttpResponse, TokenAnswer } from '../core/ports.ts';
import { type ErrorAnswer, parseJson, readErrorAnswer } from './error-answer.ts';
import { bad, beyondTheToken, lacksScope, type Refusal, refusalInWords, undecided } from './refusals.ts';

const name = z.string().min(1).optional().catch(undefined);
const Account = z.object({ uuid: name, account_id: name, nickname: name, display_name: name });

/** Tells what the answer to `GET /user` with email and token says of the token. */
export function classifyIdentity(response: HttpResponse): TokenAnswer {
  if (response.status === 200) return identified(response);
  const answer = readErrorAnswer(response);
  const inWords = refusalInWords(answer);
  if (inWords !== undefined) return inWords;
  if (response.status === 401) return refused();
  if (lacksScope(answer)) return validWithoutUserScope(response, answer);
  return beyondTheToken(response, answer);
}

function identified(response: HttpResponse): TokenAnswer {
  const account = Account.safeParse(parseJson(Buffer.from(response.body).toString('utf8'))).data;
  if (account === undefined || (account.uuid ?? account.account_id) === undefined) return noAccount(response);
  const wrongKind = wrongCredentialType(response.headers['x-credential-type']);
  if (wrongKind !== undefined) return wrongKind;
  const shown = account.display_name ?? account.nickname ?? account.account_id ?? account.uuid;
  return good(response, scopesOf(response), shown);
}

function noAccount(response: HttpResponse): Refusal {
  const answer = readErrorAnswer(response);
  return answer.isWebPage ? beyondTheToken(response, answer) : undecided('Something answered 200 that is no Bitbucket account. Check bitbucket.api.');
}

function good(response: HttpResponse, scopes: readonly string[] | undefined, account: string | undefined): TokenAnswer {
  const tokenId = response.headers['x-token-id'];
  return { kind: 'good', ...(scopes === undefined ? {} : { scopes }), ...(account === undefined ? {} : { account }), ...(tokenId ? { tokenId } : {}) };
}

/** The body is the same for all four causes, or empty [D]. */
function refused(): Refusal {
  return bad(
    'Bitbucket refused the email and token (401). A wrong email and a wrong, an expired and a revoked token all look like this: check that the email is the one of the Atlassian account that made the token, else create a new token.',
  );
}

/** 403 when only `read:user` is missing: the token is valid all the same [M]. */
function validWithoutUserScope(response: HttpResponse, answer: ErrorAnswer): TokenAnswer {
  const scopes = scopesOf(response) ?? answer.grantedScopes;
  if (scopes !== undefined) return good(response, scopes, undefined);
  return undecided(
    'Bitbucket knows the token, but it lacks the scope read:user:bitbucket and so its scopes cannot be told. Git shows what it can do; a new token with that scope would show it here.',
  );
}

/** Comma separated on 200 and 403 [D/M]. */
function scopesOf(response: HttpResponse): string[] | undefined {
  return response.headers['x-oauth-scopes']?.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** `api_token` is known from third parties only [T]: another word is not believed, its absence says nothing. */
function wrongCredentialType(type: string | undefined): Refusal | undefined {
  if (!type || /api[-_ ]?token/i.test(type)) return undefined;
  if (/password/i.test(type)) return bad(`Bitbucket says that this is no API token but "${type}". Create an API token with scopes in the Atlassian account.`);
  return undecided(`Bitbucket says that this credential is of the type "${type}", which is not known to be an API token.`);
}
