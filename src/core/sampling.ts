import type { Change } from './plan-file.ts';

/** What a connection test speaks for: the token (or previous secret) within one workspace. */
export function groupOf(change: Change): string {
  return JSON.stringify([change.after.token ?? change.after.previous, change.workspace]);
}

/** Changes by token and workspace, groups and members in the given order. */
export function groupByToken(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(groupOf(change));
    if (group === undefined) groups.set(groupOf(change), [change]);
    else group.push(change);
  }
  return groups;
}

/** Bitbucket refuses every app password since 28 July 2026 [D]: testing one that is put back would only ever fail. */
export function isTestable(change: Change): boolean {
  return change.after.credential === 'api-token';
}

/** A canary that fails should hurt as little as can be: fewest users first, unknown ones last; among equals, what can be tested before the write. */
export function leastRiskFirst(changes: readonly Change[]): Change[] {
  return testedFirst(changes).sort((one, other) => blastRadius(one) - blastRadius(other));
}

/** Repositories first: Bamboo tests a new secret for them before the write, for a shared credential only after it. */
export function testedFirst(changes: readonly Change[]): Change[] {
  return [...changes].sort((one, other) => Number(one.object === 'shared-credential') - Number(other.object === 'shared-credential'));
}

/** What `--test sample` tests: the canaries, as an apply takes them, and one change for each token and workspace that they leave out. */
export function sampleOf(changes: readonly Change[], canaries: number): Change[] {
  const first = leastRiskFirst(changes).slice(0, canaries);
  const tested = new Set(first.map(groupOf));
  const others = [...groupByToken(changes)].filter(([group]) => !tested.has(group));
  return [...first, ...others.flatMap(([, group]) => testedFirst(group).slice(0, 1))];
}

function blastRadius({ usedBy }: Change): number {
  if (usedBy === null) return Number.MAX_SAFE_INTEGER;
  const { plans, environments, inaccessiblePlans, inaccessibleEnvironments, repositories } = usedBy;
  return plans + environments + inaccessiblePlans + inaccessibleEnvironments + (repositories ?? 0);
}
