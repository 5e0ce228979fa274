import type { Report, ReportItem } from '../../core/report/report.ts';
import { duration, figure } from '../phrases.ts';
import { sideWords } from '../wording.ts';

/** A longer text is a name gone wild; the JSON and CSV reports have it whole. */
const LONGEST = 200;

/** Cuts a very long text, and says so. */
export function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${figure(text.length - LONGEST)} more characters)`;
}

/** Level with project or plan: `plan OPS-DEPLOY`. */
export function whereWords({ level, project, plan }: Pick<ReportItem, 'level' | 'project' | 'plan'>): string {
  if (level === 'global') return 'global';
  return `${level} ${(level === 'project' ? project : plan) ?? ''}`.trim();
}

/** What stands there before; a twin is not there yet. */
export function beforeWords({ before }: Pick<ReportItem, 'before'>): string {
  return before === null ? 'not there yet' : sideWords(before);
}

/** The repository on Bitbucket Cloud. */
export function repositoryWords({ workspace, slug }: Pick<ReportItem, 'workspace' | 'slug'>): string {
  return [workspace, slug].filter((part) => part !== '').join('/');
}

/** Outcome, or what a plan has in mind. */
export function outcomeWords({ outcome }: Pick<ReportItem, 'outcome'>, report: Pick<Report, 'run'>): string {
  return outcome ?? (report.run === null ? 'planned' : 'not taken');
}

/** A moment, to the second, in UTC. */
export function momentWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

/** How long the run took, from its first line to its last. */
function lengthWords({ startedAt, lastAt }: { readonly startedAt: string; readonly lastAt: string }): string {
  return duration(Math.max(0, Date.parse(lastAt) - Date.parse(startedAt)));
}

/** What the document is about, as its title. */
export function titleOf({ run, purpose }: Report): string {
  if (run === null) return purpose === 'apply' ? 'Plan: what will change' : 'Rollback plan: what will be restored';
  return run.verb === 'apply' ? 'Run: what has changed' : 'Rollback: what was restored';
}

/** The facts that identify a report, each with its name. */
export function factsOf(report: Report): (readonly [string, string])[] {
  const { run, server, digest } = report;
  const about: (readonly [string, string])[] =
    run === null
      ? []
      : [
          ['Run', run.id],
          ['State', run.state === 'finished' ? `ended with exit code ${run.exit}` : 'not ended'],
          ['Started', momentWords(run.startedAt)],
          ['Last entry', `${momentWords(run.lastAt)}, ${lengthWords(run)} later${run.resumed === 0 ? '' : `; resumed ${run.resumed} time(s)`}`],
          ['Run by', run.tools.join(', ')],
        ];
  return [
    ['Server', server.url],
    ['Bamboo', server.version],
    ...about,
    ['Planned', `${momentWords(report.plannedAt)} by ${report.plannedBy}`],
    ['Digest', digest],
    ['Report made', `${momentWords(report.madeAt)} by ${report.madeBy}`],
  ];
}

/** What depends on the changes, in sentences. */
export function blastWords({ blastRadius }: Report): string[] {
  const { plans, environments, projects, hidden, notKnown } = blastRadius;
  return [
    `${figure(plans)} uses by plans and ${figure(environments)} by deployment environments, in ${figure(projects.length)} projects.`,
    ...(hidden === 0 ? [] : [`${figure(hidden)} more uses are by plans or environments that this account may not see.`]),
    ...(notKnown === 0 ? [] : [`Of ${figure(notKnown)} objects it is not known what uses them.`]),
  ];
}

/** Why each list of things left alone is one. */
export const LISTS: Readonly<Record<Report['leftAlone'][number]['list'], string>> = {
  cannot: 'Cannot be changed',
  unchanged: 'Already as wanted',
  'also-needed': 'Used, but not selected',
};
