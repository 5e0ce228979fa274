import type { RekeyError } from '../core/errors.ts';
import type { Http } from '../core/ports.ts';

/** Remembers that a credential was refused: after one refused attempt no request is made with it again, by no worker [D: attempts count towards the CAPTCHA lock]. */
export class CredentialGuard {
  #ended: RekeyError | undefined;

  /** @throws RekeyError what ended it, when it has ended. */
  check(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  /** Ends the credential. */
  end(error: RekeyError): never {
    this.#ended ??= error;
    throw this.#ended;
  }
}

/** Sends nothing once one of the credentials was refused: a request may have waited for its turn since it was asked for. */
export function guarded(http: Http, ...guards: readonly CredentialGuard[]): Http {
  const mayLeave = (): void => {
    for (const guard of guards) guard.check();
  };
  return { send: (request) => http.send({ ...request, mayLeave }) };
}
