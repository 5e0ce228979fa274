import type { SecretReference } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { decodeUtf8 } from './file-text.ts';
import { type SecretSources, secretBytes } from './secret-bytes.ts';

/** A secret, and whether a line end was taken off it. Other blanks stay: the token check tells of them. */
export interface ResolvedSecret {
  readonly secret: Secret;
  readonly trimmed: boolean;
}

/** `line`: one line, as all secrets but one; `text`: a PEM key (`bamboo.tls.key`), which has many. */
export type SecretShape = 'line' | 'text';

/**
 * Reads the secret that a reference names.
 * @param keyPath where the reference stands in the settings, such as `tokens.ci.token`.
 * @throws RekeyError SECRET_UNREADABLE, naming the key path and never the value.
 */
export async function resolveSecret(keyPath: string, reference: SecretReference, sources: SecretSources, shape: SecretShape = 'line'): Promise<ResolvedSecret> {
  const refuse = (why: string) => new RekeyError('SECRET_UNREADABLE', `${keyPath} gives no secret: ${why}.`);
  const found = await secretBytes(reference, sources);
  if (found.kind === 'nothing') throw refuse(found.why);
  const text = decodeUtf8(found.bytes);
  if (text === undefined) throw refuse(`${found.from} gives something that is not UTF-8 text`);
  const value = shape === 'line' ? text.replace(/(\r\n|\n|\r)+$/, '') : text;
  if (value.trim() === '') throw refuse(`${found.from} gives nothing`);
  const lines = value.split(/\r\n|\n|\r/).length;
  if (shape === 'line' && lines > 1) throw refuse(`${found.from} gives ${lines} lines instead of one`);
  return { secret: new Secret(value), trimmed: value !== text };
}
