import { confirm, input, select } from '@inquirer/prompts';
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
  /** The answer without the blanks around it; asked until there is no problem with it. */
  text(question: string, options?: TextOptions): Promise<string>;
  /** One of the choices, each with its words. */
  choose<Choice extends string>(question: string, choices: readonly (readonly [Choice, string])[]): Promise<Choice>;
}

/** What goes with a question for a text. */
export interface TextOptions {
  /** Stands there when nothing is typed. */
  readonly proposal?: string;
  /** What is wrong with an answer; undefined where nothing is. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Asks at this terminal. */
export function openQuestions({ input: from, output, signal, pause }: AskingTerminal): Questions {
  const terminal = { input: from, output, signal };
  return {
    confirm: (question) => {
      pause();
      return answered(confirm({ message: safeText(question), default: false }, terminal));
    },
    text: async (question, { proposal, problem } = {}) => {
      pause();
      const validate = (answer: string): string | true => problem?.(answer.trim()) ?? true;
      const asked = { message: safeText(question), validate, ...(proposal === undefined ? {} : { default: proposal }) };
      return (await answered(input(asked, terminal))).trim();
    },
    choose: (question, choices) => {
      pause();
      return answered(select({ message: safeText(question), choices: choices.map(([value, name]) => ({ value, name })) }, terminal));
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
