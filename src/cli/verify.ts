import type { VerifyOptions } from '../verbs/verify.ts';
import { buildFlags, readBuildOrder } from './build-flags.ts';
import type { Command } from './command.ts';
import { readTestScope, TEST_FLAG } from './pace-flags.ts';
import { endRun } from './run-ending.ts';
import { readSelection, SELECTION_FLAGS } from './selection-flags.ts';
import { usageError } from './usage-error.ts';

/** `verify`: does the server hold what was wanted? */
export const verifyCommand: Command<VerifyOptions> = {
  name: 'verify',
  summary: "Reads back what a plan or a run wanted, and runs Bamboo's own connection tests; changes nothing, and builds nothing but the plan of --build.",
  operand: { name: 'PLAN|RUN', describe: 'a plan file, a run as "bamboo-rekey runs" lists it, or latest' },
  flags: { ...TEST_FLAG, ...buildFlags('build', 'build this plan, too, and wait until its checkout is known to work on an agent'), ...SELECTION_FLAGS },
  examples: [
    ['bamboo-rekey verify plan.json', 'read back, and test one repository per token and workspace'],
    ['bamboo-rekey verify 2026-11-24T21-03-11Z-1f3a9c --test all', 'test every repository that the run changed'],
    ['bamboo-rekey verify latest --build WEB-BUILD', 'see the checkout work on an agent, too'],
  ],
  read: (args) => {
    const target = args.operand();
    if (target === undefined) throw usageError('verify: expected PLAN or RUN, a plan file or a run as "bamboo-rekey runs" lists it.', 'verify');
    const build = readBuildOrder(args, 'build');
    return { target, test: readTestScope(args), selection: readSelection(args), ...(build === undefined ? {} : { build }) };
  },
  run: async (options, session) => {
    const { verify } = await import('../verbs/verify.ts');
    return endRun(await verify(options, session.runtime), session);
  },
};
