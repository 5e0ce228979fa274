import type { Command } from '../command.ts';
import { usageError } from '../usage-error.ts';
import { SCRIPTS } from './scripts.ts';

type Shell = keyof typeof SCRIPTS;

/** `completion`: let the shell complete commands, flags and names. */
export const completionCommand: Command<Shell> = {
  name: 'completion',
  summary: 'Prints the script that lets bash, zsh or fish complete commands, flags, runs and keys.',
  operand: { name: 'SHELL', describe: Object.keys(SCRIPTS).join(', ') },
  flags: {},
  examples: [
    ['bamboo-rekey completion bash > ~/.local/share/bash-completion/completions/bamboo-rekey', 'for bash, from the next shell on'],
    ['bamboo-rekey completion zsh > ~/.zfunc/_bamboo-rekey', 'for zsh, where ~/.zfunc is in fpath'],
    ['bamboo-rekey completion fish > ~/.config/fish/completions/bamboo-rekey.fish', 'for fish'],
  ],
  read: (args) => {
    const shell = args.operand();
    if (shell === undefined || !isShell(shell)) throw usageError(`completion: expected ${Object.keys(SCRIPTS).join(', ')}.`, 'completion');
    return shell;
  },
  run: async (shell, session) => {
    session.print(SCRIPTS[shell]);
    return { exit: 0 };
  },
};

function isShell(word: string): word is Shell {
  return Object.hasOwn(SCRIPTS, word);
}
