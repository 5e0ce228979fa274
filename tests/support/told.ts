import type { TokenAnswer } from '../../src/core/ports.ts';
import { refusalText } from '../../src/core/token-cause.ts';

/** An answer as a user reads it: what was met and what to do. */
export function told(answer: TokenAnswer): { kind: string; text: string } {
  return { kind: answer.kind, text: answer.kind === 'good' ? '' : refusalText(answer) };
}
