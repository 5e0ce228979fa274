import type { Config } from '../core/config.ts';
import { toRekeyError } from '../core/errors.ts';
import { type ConfiguredSecret, originOfReference, type PlacedReference, secretReferences } from '../core/report/configured-secret.ts';
import type { Secret } from '../core/secret.ts';
import type { Secrets } from './create-secrets.ts';

/** Follows every reference of the configuration; one that gives nothing is told with its reason. */
export async function everySecret(config: Config, secrets: Secrets): Promise<ConfiguredSecret[]> {
  const all: ConfiguredSecret[] = [];
  for (const placed of secretReferences(config)) {
    all.push({ key: placed.key, ...originOfReference(placed.reference), found: await find(placed, secrets) });
  }
  return all;
}

/** A code is new each time, and standard input may be a person: neither is asked for only to be looked for. */
async function find({ key, reference, shape }: PlacedReference, secrets: Secrets): Promise<ConfiguredSecret['found']> {
  if (shape === 'code') return { kind: 'nothing', why: 'a code that is new each time' };
  if ('stdin' in reference) return { kind: 'nothing', why: 'it would have to be typed' };
  return secrets(key, reference, shape).then(
    (secret: Secret) => ({ kind: 'secret', secret }),
    (thrown: unknown) => ({ kind: 'nothing', why: toRekeyError(thrown).message }),
  );
}
