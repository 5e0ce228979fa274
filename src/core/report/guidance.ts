import type { Tally } from '../outcome.ts';
import type { Report, ReportRun } from './report.ts';
import type { ReportParts } from './report-parts.ts';

/** What a reader must know before anything else. */
export function noticesOf(run: ReportRun | null, tally: Tally | null, { plan, config, evidence }: ReportParts): string[] {
  const leaks = evidence.searched.filter(({ finds }) => finds.length > 0);
  return [
    ...(run?.state === 'open'
      ? ['The run has not ended: it is still running, or it was broken off. This report shows how it stood when the report was made.']
      : []),
    ...leaks.map(({ name, finds }) => `A SECRET WAS FOUND in ${name}: ${finds.join(', ')}. Revoke it, and report this as a fault of bamboo-rekey.`),
    ...sentence(tally?.unknown, 'of unknown outcome. "bamboo-rekey resume" reads back what is there.'),
    ...sentence(tally?.failed, 'failed.'),
    ...sentence(tally?.drifted, 'edited by somebody else since the plan, and left alone.'),
    ...sentence(tally?.skipped, 'skipped.'),
    ...(run === null && plan.changes.length === 0 ? ['This plan changes nothing.'] : []),
    ...(config === undefined ? ['The configuration could not be read, so secrets were not searched for, and ends of tokens may be missing.'] : []),
  ];
}

function sentence(count: number | undefined, words: string): string[] {
  return count === undefined || count === 0 ? [] : [`${count} ${count === 1 ? 'item' : 'items'} ${words}`];
}

/** How to stop, and how to go back. */
export function advice(run: ReportRun | null, tally: Tally | null, { plan }: ReportParts): Pick<Report, 'stop' | 'goBack'> {
  const stop = ['Press Ctrl-C once (or send SIGTERM): what is in flight ends, nothing more is started, and every item holds its old or its new credential.'];
  if (run === null)
    return {
      stop: [...stop, 'To go on afterwards: bamboo-rekey resume latest'],
      goBack: ['Look first: bamboo-rekey rollback latest --dry-run', 'Then go back, last change first: bamboo-rekey rollback latest', ...limits(plan)],
    };
  const goOn = hasMore(run, tally) ? [`To go on: bamboo-rekey resume ${run.id}`] : [];
  const backs =
    run.verb === 'rollback'
      ? [`This run was itself a way back. To move forward again, make a new plan: bamboo-rekey plan -o plan.json`]
      : [`Look first: bamboo-rekey rollback ${run.id} --dry-run`, `Then go back, last change first: bamboo-rekey rollback ${run.id}`, ...limits(plan)];
  return { stop: run.state === 'finished' ? ['The run has ended; there is nothing to stop.', ...goOn] : [...stop, ...goOn], goBack: backs };
}

/** Whether going on would do anything: what drifted is settled, and what a rollback could not take was never an item of the run. */
function hasMore({ state, exit }: ReportRun, tally: Tally | null): boolean {
  const open = tally === null ? 0 : tally.failed + tally.unknown + tally.skipped;
  return state === 'open' || open > 0 || ![0, 3, 5].includes(exit ?? 0);
}

function limits({ changes }: ReportParts['plan']): string[] {
  const needy = changes.filter(({ rollback }) => rollback === 'needs-secret').length;
  const barren = changes.filter(({ rollback }) => rollback === 'configuration-only').length;
  return [
    'Only what still holds what the run wrote is restored; later edits by people are left alone.',
    ...(needy === 0 ? [] : [`${needy} of ${changes.length} need the old secret under "previous" in the configuration: Bamboo does not give passwords away.`]),
    ...(barren === 0
      ? []
      : [`${barren} of ${changes.length} restore the configuration only, not the service: Bitbucket has refused every app password since 28 July 2026.`]),
  ];
}
