import { inspect } from 'node:util';
import { toRekeyError } from '../core/errors.ts';
import type { Session } from './session.ts';

/** Tells of a failure that nobody caught. Gives the exit code. */
export function tellCrash(thrown: unknown, { runtime, debug }: Pick<Session, 'runtime' | 'debug'>): number {
  debug('failure', { trace: inspect(thrown) });
  const { code, message, remedy, exit } = toRekeyError(thrown);
  runtime.emit({ event: 'ERROR', code, detail: message, remedy });
  runtime.emit({ event: 'RUN_FINISHED', run: null, total: 0, changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0, exit });
  return exit;
}
