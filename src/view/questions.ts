import { confirm, input } from '@inquirer/prompts';
import { RekeyError } from '../core/errors.ts';
import { safeText } from './safe-text.ts';

/** The terminal that questions go to; stdout stays free for results. */
export interface AskingTerminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/** Asks yes or no; no is the proposal. @throws RekeyError INTERRUPTED on Ctrl-C */
export function askYesOrNo(question: string, terminal: AskingTerminal): Promise<boolean> {
  return answered(confirm({ message: safeText(question), default: false }, terminal));
}

/** Asks for a text. @throws RekeyError INTERRUPTED on Ctrl-C */
export async function askText(question: string, proposal: string | undefined, terminal: AskingTerminal): Promise<string> {
  return (await answered(input({ message: safeText(question), ...(proposal === undefined ? {} : { default: proposal }) }, terminal))).trim();
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new RekeyError('INTERRUPTED', 'The question was left unanswered.', { cause, remedy: 'Run the same command again when you are ready.' });
  }
}
