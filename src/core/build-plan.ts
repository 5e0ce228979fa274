import type { WantedCheckout } from './checkout-log.ts';
import type { Change } from './plan-file.ts';

/** What a plan, or plan branch, builds from. */
export interface BuildPlan {
  readonly key: string;
  /** Key of the plan that a branch belongs to. */
  readonly master?: string;
  /** Ids of the repositories on its page, its own and those that it uses. */
  readonly repositories: ReadonlySet<string>;
}

type Standing = Pick<Change, 'id' | 'level' | 'plan'>;

/** Whether a build of the plan uses a repository. */
function uses(plan: BuildPlan, { id, level, plan: owner }: Standing): boolean {
  if (level === 'branch') return owner === plan.key;
  return plan.repositories.has(id) || (level === 'plan' && (owner === plan.key || owner === plan.master));
}

/** The repositories that a build of the plan checks out with the credential of a change; none where it has nothing to do with it. */
export function wantedCheckouts(change: Change, plan: BuildPlan): WantedCheckout[] {
  const standing = change.users ?? [change];
  return standing.filter((user) => uses(plan, user)).map(({ workspace, slug }) => ({ workspace, slug }));
}
