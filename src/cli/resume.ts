import type { ResumeOptions } from '../verbs/resume.ts';
import type { Command } from './command.ts';
import { PACE_FLAGS, readPace } from './pace-flags.ts';
import { endRun } from './run-ending.ts';
import { usageError } from './usage-error.ts';

/** `resume`: go on with a run that was broken off. */
export const resumeCommand: Command<ResumeOptions> = {
  name: 'resume',
  summary: 'Goes on with a run after a crash or an interrupt; writes without a known outcome are settled by reading back.',
  operand: { name: 'RUN', describe: 'the run, as "bamboo-rekey runs" lists it, or latest' },
  flags: PACE_FLAGS,
  examples: [
    ['bamboo-rekey resume 2026-11-24T21-03-11Z-1f3a9c', 'go on where the run stopped'],
    ['bamboo-rekey resume 2026-11-24T21-03-11Z-1f3a9c --yes', 'the same without a terminal'],
  ],
  read: (args) => {
    const run = args.operand();
    if (run === undefined) throw usageError('resume: expected RUN, as "bamboo-rekey runs" lists it.', 'resume');
    return { run, ...readPace(args) };
  },
  run: async (options, session) => {
    const { resume } = await import('../verbs/resume.ts');
    return endRun(await resume(options, session.runtime), session);
  },
};
