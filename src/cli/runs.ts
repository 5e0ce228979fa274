import type { Command } from './command.ts';
import { typedCommand } from './typed-command.ts';

/** `runs`: what was done before? */
export const runsCommand: Command<null> = {
  name: 'runs',
  summary: 'Lists past runs and their state, from their journals; asks no server.',
  flags: {},
  examples: [
    ['bamboo-rekey runs', 'every run, oldest first'],
    ['bamboo-rekey runs --json', 'the same as events, one per run'],
    ['bamboo-rekey runs --state-dir /srv/rekey', 'runs kept elsewhere'],
  ],
  read: () => null,
  run: async (_request, session) => {
    const { runs } = await import('../verbs/runs.ts');
    const list = await runs(session.runtime);
    session.print((await session.results()).runsView(list, (command) => typedCommand(command, session), session.screen));
    return { exit: 0 };
  },
};
