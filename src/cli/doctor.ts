import type { DoctorOptions } from '../verbs/doctor.ts';
import type { Command } from './command.ts';
import { readSample, SAMPLE_FLAG } from './pace-flags.ts';
import { typedCommand } from './typed-command.ts';

/** `doctor`: is everything in place? */
export const doctorCommand: Command<DoctorOptions> = {
  name: 'doctor',
  summary: 'Checks the server, the ways in, the rights and the tokens; changes nothing but, with --prove, a scratch repository.',
  flags: {
    ...SAMPLE_FLAG,
    capture: { value: 'DIR', describe: 'save the edit forms that were not understood there, without their values, for a person to look at' },
    prove: { describe: 'make one scratch repository, write each open route on it, read back, remove it; asks Bitbucket nothing' },
  },
  examples: [
    ['bamboo-rekey doctor', 'check everything and name the next command'],
    ['bamboo-rekey doctor --capture ./forms', 'save what was not understood, safe to send by mail'],
    ['bamboo-rekey doctor --prove', 'see each open route work before anything of yours is written'],
    ['bamboo-rekey doctor --json', 'the same for a pipeline, one event per check'],
  ],
  repeats: ['CHECK'],
  read: (args) => {
    const capture = args.text('capture');
    return { ...readSample(args), ...(capture === undefined ? {} : { capture }), ...(args.has('prove') ? { prove: true } : {}) };
  },
  run: async (options, session) => {
    const { doctor } = await import('../verbs/doctor.ts');
    const report = await doctor(session.runtime, options);
    session.print((await session.results()).doctorView({ ...report, next: typedCommand(report.next, session) }, session.screen));
    return { exit: report.exit };
  },
};
