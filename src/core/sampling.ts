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
