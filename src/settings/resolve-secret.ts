import type { SecretReference } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { decodeUtf8 } from './file-text.ts';
import { type SecretSources, secretBytes } from './secret-bytes.ts';

/** A secret, and whether a line end, or around a token other blanks, were left out. */
export interface ResolvedSecret {
  readonly secret: Secret;
  readonly trimmed: boolean;
}

/**
 * `line`: one line, whose line end is left out; `token`: one line without the blanks around it; `code`: the same, new each time (`bamboo.login.totp`);
 * `text`: a PEM key (`bamboo.tls.key`) or what was copied from a browser, which have many lines.
 * Bamboo would take a token that begins with a blank for an app password [D].
 */
export type SecretShape = 'line' | 'token' | 'code' | 'text';

/**
 * Reads the secret that a reference names.
 * @param keyPath where the reference stands in the settings, such as `tokens.ci.token`.
 * @throws RekeyError SECRET_UNREADABLE, naming the key path and never the value.
 */
export async function resolveSecret(keyPath: string, reference: SecretReference, sources: SecretSources, shape: SecretShape = 'line'): Promise<ResolvedSecret> {
  const refuse = (why: string, options: { readonly remedy?: string } = {}) =>
    new RekeyError('SECRET_UNREADABLE', `${keyPath} gives no secret: ${why}.`, options);
  const found = await secretBytes(reference, sources);
  if (found.kind === 'nothing') throw refuse(found.why, { remedy: found.remedy });
  const text = decodeUtf8(found.bytes);
  if (text === undefined) throw refuse(`${found.from} gives something that is not UTF-8 text`);
  const value = trim(text, shape);
  if (value.trim() === '') throw refuse(`${found.from} gives nothing`);
  const lines = value.split(/\r\n|\n|\r/).length;
  if (shape !== 'text' && lines > 1) throw refuse(`${found.from} gives ${lines} lines instead of one`);
  // What a program prints ends with a line end anyway.
  const expected = shape === 'token' && 'command' in reference ? text.replace(LINE_ENDS, '') : text;
  return { secret: new Secret(value), trimmed: value !== expected };
}

const LINE_ENDS = /(\r\n|\n|\r)+$/;

function trim(text: string, shape: SecretShape): string {
  if (shape === 'text') return text;
  return shape === 'line' ? text.replace(LINE_ENDS, '') : text.trim();
}
