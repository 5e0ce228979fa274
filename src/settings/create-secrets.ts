import type { SecretReference } from '../core/config.ts';
import type { Secret } from '../core/secret.ts';
import { resolveSecret, type SecretShape } from './resolve-secret.ts';
import type { SecretSources } from './secret-bytes.ts';

/** Follows references of one configuration, each once: a program that asks for a finger on a key does so a single time. Only a code is asked for anew. */
export type Secrets = (keyPath: string, reference: SecretReference, shape?: SecretShape) => Promise<Secret>;

/** `onFound` gets to know each secret before anybody else does, and whether blanks around it were left out. */
export function createSecrets(sources: SecretSources, onFound: (secret: Secret, keyPath: string, trimmed: boolean) => void): Secrets {
  const followed = new Map<string, Promise<Secret>>();
  const follow = async (keyPath: string, reference: SecretReference, shape: SecretShape | undefined): Promise<Secret> => {
    const { secret, trimmed } = await resolveSecret(keyPath, reference, sources, shape);
    onFound(secret, keyPath, trimmed);
    return secret;
  };
  return (keyPath, reference, shape) => {
    const secret = (shape === 'code' ? undefined : followed.get(keyPath)) ?? follow(keyPath, reference, shape);
    followed.set(keyPath, secret);
    return secret;
  };
}
