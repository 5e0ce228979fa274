import { type Change, changeKey } from './plan-file.ts';

/** In which order the changes of a run are tried. */
export interface RunSequence {
  /** Written first, read back and tested before anything else. */
  readonly canary: readonly Change[];
  /** All others by token and workspace, each in plan order: the first of a group can be tested for the rest of it. */
  readonly groups: ReadonlyMap<string, readonly Change[]>;
}

/** Chooses as canaries the changes that the fewest plans and environments stand on; what is not known counts as most. */
export function chooseOrder(changes: readonly Change[], canaries: number): RunSequence {
  const canary = changes.toSorted((one, other) => usersOf(one) - usersOf(other)).slice(0, canaries);
  const chosen = new Set(canary.map(changeKey));
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    if (chosen.has(changeKey(change))) continue;
    const group = groups.get(groupOf(change));
    if (group === undefined) groups.set(groupOf(change), [change]);
    else group.push(change);
  }
  return { canary, groups };
}

/** The secret and the workspace of a change, as one key: what fails for one of a group fails for all. */
export function groupOf({ after, workspace }: Pick<Change, 'after' | 'workspace'>): string {
  return JSON.stringify([after.token ?? null, after.previous ?? null, workspace.toLowerCase()]);
}

function usersOf({ usedBy }: Change): number {
  if (usedBy === null) return Number.MAX_SAFE_INTEGER;
  return usedBy.plans + usedBy.environments + usedBy.inaccessiblePlans + usedBy.inaccessibleEnvironments;
}
