import type { RollbackOptions } from '../verbs/rollback.ts';
import type { Command, Ending } from './command.ts';
import { PACE_FLAGS, readPace } from './pace-flags.ts';
import { endRun } from './run-ending.ts';
import { readSelection, SELECTION_FLAGS, selectionWords } from './selection-flags.ts';
import type { Session } from './session.ts';
import { shellWords, typedCommand } from './typed-command.ts';
import { usageError } from './usage-error.ts';

/** What `rollback` was asked for. */
export interface RollbackRequest {
  readonly options: RollbackOptions;
  /** Only show what would be restored. */
  readonly dryRun: boolean;
}

/** `rollback`: go back. */
export const rollbackCommand: Command<RollbackRequest> = {
  name: 'rollback',
  summary: 'Restores what a run changed, in reverse order, only where the server still holds what the run wrote.',
  operand: { name: 'RUN', describe: 'the run, as "bamboo-rekey runs" lists it, or latest', optional: true },
  flags: {
    snapshot: { value: 'FILE', describe: "instead of RUN: a run's snapshot.jsonl" },
    'dry-run': { describe: 'only show what would be restored' },
    ...PACE_FLAGS,
    ...SELECTION_FLAGS,
  },
  examples: [
    ['bamboo-rekey rollback 2026-11-24T21-03-11Z-1f3a9c --dry-run', 'see what would go back, and how well'],
    ['bamboo-rekey rollback 2026-11-24T21-03-11Z-1f3a9c', 'go back'],
    ['bamboo-rekey rollback --snapshot snapshot.jsonl --project WEB', 'go back for project WEB, without the run directory'],
  ],
  read: (args) => {
    const run = args.operand();
    const snapshot = args.text('snapshot');
    if ((run === undefined) === (snapshot === undefined))
      throw usageError('rollback: expected either RUN, as "bamboo-rekey runs" lists it, or --snapshot FILE.', 'rollback');
    const source = run === undefined ? { ...(snapshot === undefined ? {} : { snapshot }) } : { run };
    return { options: { ...source, ...readPace(args), selection: readSelection(args) }, dryRun: args.has('dry-run') };
  },
  run: async ({ options, dryRun }, session) => {
    if (dryRun) return preview(options, session);
    const { rollback } = await import('../verbs/rollback.ts');
    return endRun(await rollback(options, session.runtime), session);
  },
};

async function preview(options: RollbackOptions, session: Session): Promise<Ending> {
  const { previewRollback } = await import('../verbs/preview-rollback.ts');
  const plan = await previewRollback(options, session.runtime);
  const next = plan.changes.length === 0 ? 'bamboo-rekey runs' : `bamboo-rekey rollback${shellWords(rollbackWords(options))}`;
  session.print((await session.results()).planView({ plan, unread: [], suggestions: [] }, typedCommand(next, session), session.screen));
  return { exit: 0 };
}

/** What was previewed is what then goes back: the same source, and the same part of it. */
function rollbackWords({ run, snapshot, selection }: RollbackOptions): string[] {
  const source = run === undefined ? ['--snapshot', snapshot ?? ''] : [run];
  return [...source, ...selectionWords(selection)];
}
