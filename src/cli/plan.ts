import type { PlanResult } from '../core/plan-result.ts';
import type { PlanOptions } from '../verbs/plan.ts';
import type { Command } from './command.ts';
import { readSelection, SELECTION_FLAGS, selectionWords } from './selection-flags.ts';
import { shellWords, typedCommand } from './typed-command.ts';

/** What `plan` was asked for. */
export interface PlanRequest {
  readonly options: PlanOptions;
  readonly out?: string;
  /** Exit 10 when changes are pending. */
  readonly exitCode: boolean;
  /** Exit 5 when something could not be read or planned. */
  readonly requireComplete: boolean;
}

/** `plan`: the dry run. */
export const planCommand: Command<PlanRequest> = {
  name: 'plan',
  summary: 'Shows what would change, object by object, and saves it for apply; changes nothing.',
  flags: {
    out: { alias: 'o', value: 'FILE', describe: 'save the plan for "bamboo-rekey apply"' },
    rotate: { describe: 'also take what is already on email and token' },
    'as-git': { describe: 'make Git-type twins for a Bamboo that takes no API tokens; originals stay as they are' },
    'exit-code': { describe: 'exit with 10 when changes are pending' },
    'require-complete': { describe: 'exit with 5 when something could not be read or planned' },
    ...SELECTION_FLAGS,
  },
  examples: [
    ['bamboo-rekey plan -o plan.json', 'everything that can be moved to a token'],
    ['bamboo-rekey plan --project WEB --include-used -o web.json', 'project WEB and what it uses'],
    ['bamboo-rekey plan --exit-code -q', 'for a pipeline: is anything left to do?'],
  ],
  repeats: ['UNREAD', 'EXPORTED'],
  read: (args) => {
    const out = args.text('out');
    const options = { selection: readSelection(args), rotate: args.has('rotate'), asGit: args.has('as-git') };
    return { options, ...(out === undefined ? {} : { out }), exitCode: args.has('exit-code'), requireComplete: args.has('require-complete') };
  },
  run: async (request, session) => {
    const { plan } = await import('../verbs/plan.ts');
    const { encodePlan } = await import('../core/plan-codec.ts');
    const result = await plan(request.options, session.runtime);
    if (request.out !== undefined) await session.runtime.documents.write(request.out, encodePlan(result.plan));
    session.print((await session.results()).planView(result, typedCommand(nextCommand(request, result), session), session.screen));
    return { exit: exitOf(request, result) };
  },
};

function nextCommand({ options, out }: PlanRequest, { plan }: PlanResult): string {
  if (plan.changes.length === 0) return 'bamboo-rekey inventory';
  if (out !== undefined) return `bamboo-rekey apply${shellWords([out])}`;
  const { selection, rotate, asGit } = options;
  const shown = [...(rotate ? ['--rotate'] : []), ...(asGit ? ['--as-git'] : []), ...selectionWords(selection)];
  return `bamboo-rekey plan${shellWords([...shown, '-o', 'plan.json'])}`;
}

function exitOf({ exitCode, requireComplete }: PlanRequest, { plan, unread }: PlanResult): number {
  if (requireComplete && unread.length + plan.cannot.length > 0) return 5;
  return exitCode && plan.changes.length > 0 ? 10 : 0;
}
