import { z } from 'zod';
import type { HttpResponse, TokenAnswer } from '../core/ports.ts';
import { refusal, type TokenRefusal } from '../core/token-cause.ts';
import { type ErrorAnswer, parseJson, readErrorAnswer } from './error-answer.ts';
import { lacksScope, refusalInWords, refusedCall, strangeSuccess } from './refusals.ts';

const name = z.string().min(1).optional().catch(undefined);
const Account = z.object({ uuid: name, account_id: name, nickname: name, display_name: name });

/** Tells what the answer to `GET /user` with email and token says of the token. */
export function classifyIdentity(response: HttpResponse): TokenAnswer {
  if (response.status === 200) return identified(response);
  const answer = readErrorAnswer(response);
  if (refusalInWords(answer) === undefined && lacksScope(answer)) return validWithoutUserScope(response, answer);
  return refusedCall(response, answer, 'read:user:bitbucket');
}

function identified(response: HttpResponse): TokenAnswer {
  const account = Account.safeParse(parseJson(Buffer.from(response.body).toString('utf8'))).data;
  if (account === undefined || (account.uuid ?? account.account_id) === undefined)
    return strangeSuccess(response, readErrorAnswer(response), 'Bitbucket account');
  const wrongKind = wrongCredentialType(response.headers['x-credential-type']);
  if (wrongKind !== undefined) return wrongKind;
  const shown = account.display_name ?? account.nickname ?? account.account_id ?? account.uuid;
  return good(response, scopesOf(response), shown);
}

function good(response: HttpResponse, scopes: readonly string[] | undefined, account: string | undefined): TokenAnswer {
  const tokenId = response.headers['x-token-id'];
  return { kind: 'good', ...(scopes === undefined ? {} : { scopes }), ...(account === undefined ? {} : { account }), ...(tokenId ? { tokenId } : {}) };
}

/** 403 when only `read:user` is missing: the token is valid all the same [M]. */
function validWithoutUserScope(response: HttpResponse, answer: ErrorAnswer): TokenAnswer {
  const scopes = scopesOf(response) ?? answer.grantedScopes;
  if (scopes !== undefined) return good(response, scopes, undefined);
  return refusal('scopes-untold', 'Bitbucket knows the token, but it lacks the scope read:user:bitbucket and so its scopes cannot be told.');
}

/** Comma separated on 200 and 403 [D/M]. */
function scopesOf(response: HttpResponse): string[] | undefined {
  return response.headers['x-oauth-scopes']?.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** `api_token` is known from third parties only [T]: another word is not believed, its absence says nothing. */
function wrongCredentialType(type: string | undefined): TokenRefusal | undefined {
  if (!type || /api[-_ ]?token/i.test(type)) return undefined;
  if (/password/i.test(type)) return refusal('app-password', `Bitbucket says that this is no API token but "${type}".`);
  if (/access[-_ ]?token/i.test(type)) return refusal('access-token', `Bitbucket says that this is no API token but "${type}".`);
  return refusal('unknown-type', `Bitbucket says that this credential is of the type "${type}", which is not known to be an API token.`);
}
