import { RekeyError } from '../core/errors.ts';

/** The error for a command line that can't be carried out: what is wrong, and where the right form stands. */
export function usageError(detail: string, command?: string): RekeyError {
  return new RekeyError('USAGE_INVALID', detail, { remedy: `See "bamboo-rekey ${command === undefined ? '' : `${command} `}--help".` });
}
