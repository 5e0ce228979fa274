import { confirm, input } from '@inquirer/prompts';
import { RekeyError } from '../core/errors.ts';
import { safeText } from './safe-text.ts';

/** Where questions are asked; stdout stays free for results. */
export interface AskingTerminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Stops what moves on the terminal. */
  readonly pause: () => void;
}

/** Questions to a person. Each throws RekeyError INTERRUPTED on Ctrl-C. */
export interface Questions {
  /** Yes or no; no is the proposal. */
  confirm(question: string): Promise<boolean>;
  text(question: string, proposal?: string): Promise<string>;
}

/** Asks at this terminal. */
export function openQuestions({ input: from, output, signal, pause }: AskingTerminal): Questions {
  const terminal = { input: from, output, signal };
  return {
    confirm: (question) => {
      pause();
      return answered(confirm({ message: safeText(question), default: false }, terminal));
    },
    text: async (question, proposal) => {
      pause();
      const answer = await answered(input({ message: safeText(question), ...(proposal === undefined ? {} : { default: proposal }) }, terminal));
      return answer.trim();
    },
  };
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new RekeyError('INTERRUPTED', 'The question was left unanswered.', { cause, remedy: 'Run the same command again when you are ready.' });
  }
}
