import { endsEverything, type RekeyError, toRekeyError } from '../../core/errors.ts';
import type { HttpResponse, Pair, WriteAnswer } from '../../core/ports.ts';
import { secretProblem, withoutSecret } from '../clear-text.ts';
import type { Control } from '../page/control.ts';
import type { Session } from '../session/session.ts';
import { encodeMultipart } from './multipart.ts';
import type { CredentialControls } from './repository-form.ts';
import { saveParts } from './save-parts.ts';

/** A form with its credential controls, and where it is posted to. */
export interface Posting {
  readonly url: string;
  readonly controls: readonly Control[];
  readonly credential: CredentialControls;
}

/** Failures that come before anything is sent; every other one leaves open whether the write was done. */
export function beforeSending(error: RekeyError): boolean {
  return endsEverything(error) || ['LOGIN_UNSUPPORTED', 'LOGIN_MISSING', 'REDIRECTED_AWAY'].includes(error.code);
}

/** Why a pair must not be written; undefined when it may. */
export function pairProblem(pair: Pair): string | undefined {
  if (pair.username.trim() === '' || pair.username !== pair.username.trim()) return 'the new user name is empty, or begins or ends with a blank';
  return secretProblem(pair.secret);
}

/** An answer that does not quote the secret, whatever the server said. */
export function clean(answer: WriteAnswer, pair: Pair): WriteAnswer {
  return 'why' in answer ? { ...answer, why: withoutSecret(answer.why, pair.secret) } : answer;
}

/** Posts a form as a browser would with the credential changed, once. @throws RekeyError with exit 7, or before anything was sent */
export async function postForm(
  session: Session,
  { url, controls, credential }: Posting,
  pair: Pair,
  judge: (response: HttpResponse) => WriteAnswer,
): Promise<WriteAnswer> {
  const { contentType, body } = encodeMultipart(saveParts(controls, credential, pair));
  const headers = { 'Content-Type': contentType, 'X-Atlassian-Token': 'no-check', Accept: 'application/json, text/html' };
  try {
    return clean(await session.write({ url, headers, body }, judge), pair);
  } catch (thrown) {
    const error = toRekeyError(thrown);
    if (beforeSending(error)) throw error;
    return clean({ kind: 'unanswered', why: error.message }, pair);
  }
}
