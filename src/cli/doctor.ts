import type { Command } from './command.ts';

/** `doctor`: is everything in place? */
export const doctorCommand: Command<null> = {
  name: 'doctor',
  summary: 'Checks the server, the ways in, the rights and the tokens; changes nothing.',
  flags: {},
  examples: [
    ['bamboo-rekey doctor', 'check everything and name the next command'],
    ['bamboo-rekey doctor --json', 'the same for a pipeline, one event per check'],
  ],
  repeats: ['CHECK'],
  read: () => null,
  run: async (_request, session) => {
    const { doctor } = await import('../verbs/doctor.ts');
    const report = await doctor(session.runtime);
    session.print((await session.results()).doctorView(report, session.screen));
    return { exit: report.exit };
  },
};
