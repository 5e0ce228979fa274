import type { ApplyOptions } from '../verbs/apply.ts';
import { buildFlags, readBuildOrder } from './build-flags.ts';
import type { Command } from './command.ts';
import { PACE_FLAGS, readPace } from './pace-flags.ts';
import { endRun } from './run-ending.ts';
import { readSelection, SELECTION_FLAGS } from './selection-flags.ts';
import { usageError } from './usage-error.ts';

/** `apply`: carry out a saved plan. */
export const applyCommand: Command<ApplyOptions> = {
  name: 'apply',
  summary: 'Carries out a saved plan: the canary first, each object checked again just before its write and read back after it.',
  operand: { name: 'PLAN', describe: 'the file that "bamboo-rekey plan -o" wrote' },
  flags: {
    'expect-digest': { value: 'DIGEST', describe: 'refuse any plan but the one with this digest' },
    ...PACE_FLAGS,
    ...buildFlags('canary-build', 'build this plan after the canary, and go on only when its checkout worked on an agent'),
    ...SELECTION_FLAGS,
  },
  examples: [
    ['bamboo-rekey apply plan.json', 'canary, a question, then all others'],
    ['bamboo-rekey apply plan.json --yes --expect-digest sha256:…', 'in a pipeline: exactly the plan that was approved'],
    ['bamboo-rekey apply plan.json --project WEB', 'only the part of the plan that project WEB owns'],
  ],
  read: (args) => {
    const plan = args.operand();
    if (plan === undefined) throw usageError('apply: expected PLAN, the file that "bamboo-rekey plan -o plan.json" wrote.', 'apply');
    const expectDigest = args.text('expect-digest');
    const canaryBuild = readBuildOrder(args, 'canary-build');
    const extra = { ...(expectDigest === undefined ? {} : { expectDigest }), ...(canaryBuild === undefined ? {} : { canaryBuild }) };
    return { plan, ...extra, ...readPace(args), selection: readSelection(args) };
  },
  run: async (options, session) => {
    const { apply } = await import('../verbs/apply.ts');
    return endRun(await apply(options, session.runtime), session);
  },
};
