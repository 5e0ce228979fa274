import type { Config, SecretReference } from '../config.ts';
import type { Secret } from '../secret.ts';
import type { SecretOrigin } from './evidence.ts';

/** A reference in the configuration, and where it stands. */
export interface PlacedReference {
  readonly key: string;
  readonly reference: SecretReference;
  /** How its text is taken; `code` is new each time. */
  readonly shape: 'line' | 'token' | 'code' | 'text';
}

/** One secret of the configuration: where it comes from, and its value where it could be had. */
export interface ConfiguredSecret extends Pick<SecretOrigin, 'key' | 'from' | 'name'> {
  readonly found: { readonly kind: 'secret'; readonly secret: Secret } | { readonly kind: 'nothing'; readonly why: string };
}

/** Every reference of a configuration, under the key that messages name. */
export function secretReferences({ bamboo, tokens, previous }: Config): PlacedReference[] {
  const { rest, login, headers, tls, database } = bamboo;
  const fixed: readonly (readonly [string, SecretReference | undefined])[] = [
    ['bamboo.rest.token', rest?.token],
    ['bamboo.login.password', login !== undefined && 'password' in login ? login.password : undefined],
    ['bamboo.login.totp', login !== undefined && 'password' in login ? login.totp : undefined],
    ['bamboo.login.session', login !== undefined && 'session' in login ? login.session : undefined],
    ...Object.entries(headers).map(([name, reference]) => [`bamboo.headers.${name}`, reference] as const),
    ['bamboo.tls.key', tls?.key],
    ['bamboo.database.url', database?.url],
    ...Object.entries(tokens).map(([name, { token }]) => [`tokens.${name}.token`, token] as const),
    ...Object.entries(previous).map(([name, reference]) => [`previous.${name}`, reference] as const),
  ];
  return fixed.flatMap(([key, reference]) => (reference === undefined ? [] : [{ key, reference, shape: shapeOf(key) }]));
}

const SHAPES: Readonly<Record<string, PlacedReference['shape']>> = { 'bamboo.login.totp': 'code', 'bamboo.login.session': 'text', 'bamboo.tls.key': 'text' };

function shapeOf(key: string): PlacedReference['shape'] {
  return SHAPES[key] ?? (key.startsWith('tokens.') ? 'token' : 'line');
}

/** Where a reference leads, in words that hold no secret: arguments of a program are left out, for they might. */
export function originOfReference(reference: SecretReference): Pick<SecretOrigin, 'from' | 'name'> {
  if ('env' in reference) return { from: 'env', name: reference.env };
  if ('file' in reference) return { from: 'file', name: reference.file };
  if ('command' in reference) return { from: 'command', name: reference.command[0] ?? '' };
  return { from: 'stdin', name: 'standard input' };
}
