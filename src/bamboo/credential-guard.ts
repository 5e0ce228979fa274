import type { RekeyError } from '../core/errors.ts';

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
