import type { Command } from './command.ts';
import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** `init`: the first configuration. */
export const initCommand: Command<null> = {
  name: 'init',
  summary: 'Writes bamboo-rekey.yaml: asks for the few things it needs, or with --no-input writes a commented template.',
  flags: {},
  examples: [
    ['bamboo-rekey init', 'answer a few questions'],
    ['bamboo-rekey init --no-input -c staging.yaml', 'a commented template in another place'],
  ],
  read: () => null,
  run: async (_request, session) => {
    const { runtime, configPath } = session;
    if (!session.noInput && !runtime.interactive) throw usageError('There is no terminal to ask at: with --no-input a commented template is written.', 'init');
    await session.createFile(configPath, session.noInput ? await session.template() : await ask(session));
    session.print(`Wrote ${configPath}. Fill in what is yours, then check it with "bamboo-rekey doctor".\n`);
    return { exit: 0 };
  },
};

async function ask(session: Session): Promise<string> {
  const { askForConfig } = await import('./init-questions.ts');
  return askForConfig(await session.questions());
}
