import { createRedactor } from '../core/redactor.ts';
import type { Secret } from '../core/secret.ts';

/** A user name and the password it logs in with. */
export interface Login {
  readonly username: string;
  readonly password: Secret;
  /** Gives the code of the second step as it is at that moment. */
  readonly totp?: () => Promise<Secret>;
}

/** One cookie of a browser in which a person has logged in. */
export interface BrowserCookie {
  readonly name: string;
  readonly value: Secret;
}

// The only file of this adapter that calls reveal(): what it gives goes straight onto the wire.

/** What stands on the wire for a value that may be secret. */
export function wireText(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/** `Authorization` with a personal access token [P]. */
export function bearer(token: Secret): string {
  return `Bearer ${token.reveal()}`;
}

/** `Authorization` with user name and password, sent without being asked. */
export function basic(login: Login): string {
  return `Basic ${Buffer.from(`${login.username}:${login.password.reveal()}`, 'utf8').toString('base64')}`;
}

/** A server's words without the secret that was just sent to it. */
export function withoutSecret(text: string, secret: Secret): string {
  const clear = secret.reveal();
  if (clear === '') return text;
  const redactor = createRedactor();
  redactor.register(secret);
  // A secret that is too short for the redactor must not stand here either.
  return redactor.redact(text).replaceAll(clear, '[secret]');
}

/** Why this secret must not be written; undefined when it may. Bamboo stores an empty password without a word, and trims what is posted [D]. */
export function secretProblem(secret: Secret): string | undefined {
  const clear = secret.reveal();
  if (clear.trim() === '') return 'the new secret is empty, and Bamboo would store it as it is';
  return clear === clear.trim() ? undefined : 'the new secret begins or ends with a blank, which Bamboo would cut off';
}
