import type { Command } from './command.ts';
import { usageError } from './usage-error.ts';

/** `show`: what did one run do? */
export const showCommand: Command<string> = {
  name: 'show',
  summary: 'Shows one run with every object, from its journal; asks no server.',
  operand: { name: 'RUN', describe: 'the run, as "bamboo-rekey runs" lists it, or latest' },
  flags: {},
  examples: [
    ['bamboo-rekey show 2026-11-24T21-03-11Z-1f3a9c', 'every object and what became of it'],
    ['bamboo-rekey show latest --json', 'the newest run as events, one per object'],
  ],
  repeats: ['ITEM'],
  read: (args) => {
    const run = args.operand();
    if (run === undefined) throw usageError('show: expected RUN, as "bamboo-rekey runs" lists it.', 'show');
    return run;
  },
  run: async (run, session) => {
    const { show } = await import('../verbs/runs.ts');
    const details = await show(run, session.runtime);
    session.print((await session.results()).showView(details, session.screen));
    return { exit: 0, run: details.run };
  },
};
