import type { Response } from 'express';
import type { Caller } from '../caller.ts';
import type { RestAnswer } from './answer.ts';

// `x-accepted-oauth-scopes` speaks the older vocabulary; these are the names that the calls here accept.
const ACCEPTED = 'repository, account';

/** Puts an answer on the wire, with the headers that tell about the credential. */
export function send(response: Response, answer: RestAnswer): void {
  response.status(answer.status);
  tellCredential(response, answer.caller);
  if (typeof answer.body === 'string') response.type('text/plain').send(answer.body);
  else response.json(answer.body);
}

// Sent on 200 and on 403 [D/M]; an answer that was served anonymously has none of them [I].
function tellCredential(response: Response, caller: Caller): void {
  if (caller.kind !== 'token') return;
  response.set({
    'x-oauth-scopes': caller.token.scopes.join(', '),
    'x-accepted-oauth-scopes': ACCEPTED,
    'x-credential-type': 'api_token',
    'x-token-id': caller.token.tokenId,
  });
}
