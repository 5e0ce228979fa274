import { countOutcomes } from '../tally.ts';
import type { Report, ReportItem } from './report.ts';

/** The changes counted by level and project, in the order of the plan. */
export function groupsOf(items: readonly ReportItem[], ran: boolean): Report['groups'] {
  const groups = new Map<string, ReportItem[]>();
  for (const item of items) {
    const key = JSON.stringify([item.level, item.project]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const outcomes = group.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
    const plans = group.reduce((sum, { usedBy }) => sum + (usedBy?.plans ?? 0), 0);
    const place = { level: first.level, ...(first.project === undefined ? {} : { project: first.project }) };
    return [{ ...place, changes: group.length, plans, tally: ran ? countOutcomes(outcomes) : null }];
  });
}

/** What depends on the changed objects; one plan that uses two of them counts twice, for nobody told which plans they are. */
export function blastRadius(items: readonly ReportItem[]): Report['blastRadius'] {
  const projects = new Set<string>();
  const sums = { plans: 0, environments: 0, hidden: 0, notKnown: 0 };
  for (const { usedBy } of items) {
    if (usedBy === null) {
      sums.notKnown += 1;
      continue;
    }
    sums.plans += usedBy.plans;
    sums.environments += usedBy.environments;
    sums.hidden += usedBy.inaccessiblePlans + usedBy.inaccessibleEnvironments;
    for (const project of usedBy.projects) projects.add(project);
  }
  return { ...sums, projects: [...projects].sort() };
}

/** How well the changes can be taken back, counted. */
export function rollbackGrades(items: readonly ReportItem[]): Report['rollback'] {
  const counts: Report['rollback'] = { exact: 0, 'needs-secret': 0, 'configuration-only': 0 };
  for (const { rollback } of items) counts[rollback] += 1;
  return counts;
}
