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

const NOBODY: readonly PlanUse[] = [];

/** Which plans and branches use which repository. */
export class PlanUses {
  /** Each plan in a list of its own: the users of most repositories are one plan, and 100,000 lists would be 100,000 lists. */
  readonly #alone = new Map<string, PlanUse[]>();
  readonly #users = new Map<string, PlanUse[]>();
  readonly #told = new WeakMap<readonly PlanUse[], Users>();

  /** Jobs and other kinds of build do not own repositories. */
  add(use: UseRecord): void {
    if (use.planKey === '' || !/^(|CHAIN|CHAIN_BRANCH)$/.test(use.planType)) return;
    const alone = this.#alone.get(use.planKey) ?? [planOf(use)];
    this.#alone.set(use.planKey, alone);
    const users = this.#users.get(use.id);
    if (users === undefined) this.#users.set(use.id, alone);
    else if (users.length === 1) this.#users.set(use.id, [...users, ...alone]);
    else users.push(...alone);
  }

  /** Who uses one repository. */
  usersOf(id: string): Users {
    return this.#tell(this.#users.get(id) ?? NOBODY);
  }

  /** Who uses any of several. */
  usersOfAny(ids: readonly string[]): Users {
    return tellApart(ids.flatMap((id) => this.#users.get(id) ?? NOBODY));
  }

  /** Told once for all repositories that the same plan alone uses. */
  #tell(users: readonly PlanUse[]): Users {
    const told = this.#told.get(users) ?? tellApart(users);
    this.#told.set(users, told);
    return told;
  }

  /** Keys of plans bound to Repository Stored Specs; null where the table was not there to ask. */
  specsBound(): string[] | null {
    const plans = [...this.#alone.values()].flat();
    if (plans.some((plan) => plan.specsBound === null)) return null;
    return plans
      .filter((plan) => plan.specsBound === true)
      .map((plan) => plan.key)
      .sort();
  }
}

function tellApart(all: readonly PlanUse[]): Users {
  const living = [...new Set(all)].filter((plan) => !plan.marked).sort(byKey);
  return {
    plans: living.filter((plan) => !plan.isBranch),
    branches: living.filter((plan) => plan.isBranch),
    onlyMarked: all.length > 0 && living.length === 0,
  };
}

function byKey(one: PlanUse, other: PlanUse): number {
  return one.key < other.key ? -1 : 1;
}

/** Where no project is joined, the plan's key begins with its project's. */
function planOf({ planKey, planType, marked, projectKey, specsBound }: UseRecord): PlanUse {
  return { key: planKey, project: projectKey || (planKey.split('-')[0] ?? ''), isBranch: planType === 'CHAIN_BRANCH', marked, specsBound };
}
