import type { Config } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { type PlacedReference, secretReferences } from '../core/report/configured-secret.ts';
import type { Secrets } from './create-secrets.ts';

/**
 * Follows what the server itself needs, so that everything that gives nothing is told at once and not one by one.
 * @throws RekeyError SECRET_UNREADABLE with a line for each
 */
export async function requireServerSecrets(config: Config, secrets: Secrets): Promise<void> {
  const followed = await Promise.allSettled(
    secretReferences(config)
      .filter(isForServer)
      .map(({ key, reference, shape }) => secrets(key, reference, shape)),
  );
  const problems = followed.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []));
  const [first] = problems;
  const unreadable = problems.filter((problem) => problem instanceof RekeyError);
  if (problems.length > unreadable.length || unreadable.length === 1) throw first;
  if (unreadable.length > 1) {
    const remedy = [...new Set(unreadable.map((problem) => problem.remedy))].join(' ');
    throw new RekeyError('SECRET_UNREADABLE', unreadable.map(({ message }) => message).join('\n'), { remedy });
  }
}

/** Only what costs nobody anything: a program may ask for a finger on a key, and standard input may be a person. */
function isForServer({ key, reference, shape }: PlacedReference): boolean {
  return key.startsWith('bamboo.') && key !== 'bamboo.database.url' && shape !== 'code' && ('env' in reference || 'file' in reference);
}
