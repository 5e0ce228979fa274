import type { UseRecord } from './record.ts';

/** A plan or plan branch, once for all the repositories that it uses. */
export interface PlanUse {
  readonly key: string;
  readonly project: string;
  readonly isBranch: boolean;
  readonly marked: boolean;
  readonly specsBound: boolean | null;
}

/** Who uses a repository, told apart. */
export interface Users {
  readonly plans: readonly PlanUse[];
  readonly branches: readonly PlanUse[];
  /** Whether only plans that are marked for deletion use it. */
  readonly onlyMarked: boolean;
}

/** Which plans and branches use which repository. */
export class PlanUses {
  readonly #plans = new Map<string, PlanUse>();
  readonly #users = new Map<string, PlanUse[]>();

  /** Jobs and other kinds of build do not own repositories. */
  add(use: UseRecord): void {
    if (use.planKey === '' || !/^(|CHAIN|CHAIN_BRANCH)$/.test(use.planType)) return;
    const plan = this.#plans.get(use.planKey) ?? planOf(use);
    this.#plans.set(plan.key, plan);
    const users = this.#users.get(use.id);
    if (users === undefined) this.#users.set(use.id, [plan]);
    else users.push(plan);
  }

  usersOf(ids: readonly string[]): Users {
    const all = ids.flatMap((id) => this.#users.get(id) ?? []);
    const living = all.filter((plan) => !plan.marked);
    const plans = [...new Set(living.filter((plan) => !plan.isBranch))].sort(byKey);
    const branches = [...new Set(living.filter((plan) => plan.isBranch))].sort(byKey);
    return { plans, branches, onlyMarked: all.length > 0 && living.length === 0 };
  }

  /** Keys of plans bound to Repository Stored Specs; null where the table was not there to ask. */
  specsBound(): string[] | null {
    const plans = [...this.#plans.values()];
    if (plans.some((plan) => plan.specsBound === null)) return null;
    return plans
      .filter((plan) => plan.specsBound === true)
      .map((plan) => plan.key)
      .sort();
  }
}

function byKey(one: PlanUse, other: PlanUse): number {
  return one.key < other.key ? -1 : 1;
}

/** Where no project is joined, the plan's key begins with its project's. */
function planOf({ planKey, planType, marked, projectKey, specsBound }: UseRecord): PlanUse {
  return { key: planKey, project: projectKey || (planKey.split('-')[0] ?? ''), isBranch: planType === 'CHAIN_BRANCH', marked, specsBound };
}
