import { type BuildPlan, wantedCheckouts } from '../core/build-plan.ts';
import type { WantedCheckout } from '../core/checkout-log.ts';
import { RekeyError } from '../core/errors.ts';
import type { Change } from '../core/plan-file.ts';
import type { Bamboo, PlanLookup, PlanName, Runtime } from '../core/ports.ts';

/** A build that a person asked for by the plan's name. */
export interface BuildOrder {
  readonly plan: string;
  readonly timeoutMs: number;
}

/** An order that was checked: the plan is there, enabled, and uses a repository of the run. */
export interface CheckedOrder extends BuildOrder {
  /** The repositories that its build checks out with the credential of that change. */
  wanted(change: Change): WantedCheckout[];
}

/** Checks the named plan before anything is queued or written. @throws RekeyError BUILD_REFUSED */
export async function checkBuildOrder(order: BuildOrder, changes: readonly Change[], runtime: Runtime): Promise<CheckedOrder> {
  const bamboo = await runtime.bamboo();
  const plan = await readBuildPlan(order.plan, bamboo, runtime.stop);
  const wanted = (change: Change): WantedCheckout[] => wantedCheckouts(change, plan);
  if (changes.some((change) => wanted(change).length > 0)) return { ...order, wanted };
  throw refuse(order.plan, `uses none of the ${changes.length} object(s) that are looked at here, so its build would prove nothing about them`);
}

function refuse(plan: string, why: string): RekeyError {
  return new RekeyError('BUILD_REFUSED', `Plan ${plan} ${why.replace(/\.$/, '')}. Nothing was queued.`);
}

async function readBuildPlan(key: string, bamboo: Bamboo, stop: AbortSignal): Promise<BuildPlan> {
  const found = await findPlan(key, bamboo, stop);
  if (found.kind === 'missing') throw refuse(key, 'is unknown, or this account may not see it');
  if (found.kind === 'forbidden') throw refuse(key, `may not be seen by this account: ${found.why}`);
  if (found.enabled === false) throw refuse(key, 'is disabled');
  const { plan, master } = found;
  const { entries, unread } = await bamboo.planRepositories({ ...plan, key: master ?? key }, stop);
  const [first] = unread;
  if (first !== undefined) throw refuse(key, `can't be matched with the repositories of this run: ${first.why}`);
  return { key, ...(master === undefined ? {} : { master }), repositories: new Set(entries.map(({ place }) => place.id)) };
}

/** A branch may be known to the list of its plan alone. */
async function findPlan(key: string, bamboo: Bamboo, stop: AbortSignal): Promise<PlanLookup> {
  const found = await bamboo.plan(key, stop);
  if (found.kind !== 'missing') return found;
  const { entries } = await bamboo.plans(stop);
  const listed = entries.find((plan) => plan.key === key);
  if (listed !== undefined) return { kind: 'found', plan: listed };
  return (await findBranch(key, mastersOf(key, entries), bamboo, stop)) ?? found;
}

/** A branch's key is its plan's with a number behind it. */
function mastersOf(key: string, plans: readonly PlanName[]): PlanName[] {
  return plans.filter((plan) => key.startsWith(plan.key) && /^\d+$/.test(key.slice(plan.key.length)));
}

async function findBranch(key: string, masters: readonly PlanName[], bamboo: Bamboo, stop: AbortSignal): Promise<PlanLookup | undefined> {
  for (const master of masters) {
    const branch = (await bamboo.planBranches(master, stop)).entries.find((each) => each.key === key);
    if (branch === undefined) continue;
    const enabled = branch.enabled === undefined ? {} : { enabled: branch.enabled };
    return { kind: 'found', plan: branch, master: master.key, ...enabled };
  }
  return undefined;
}
