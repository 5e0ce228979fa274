import { z } from 'zod';
import { SimulatorError } from '../simulator-error.ts';
import type { BambooModel, PlanAccess } from './model.ts';

/** One plan as the server holds it. */
export interface PlanDump {
  readonly key: string;
  readonly project: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly access: PlanAccess;
  readonly specsBound: boolean;
  readonly own: readonly string[];
  readonly used: readonly string[];
  /** Every branch; `overrides` leads from a repository of the plan to the branch's own. */
  readonly branches: readonly {
    readonly key: string;
    readonly name: string;
    readonly enabled: boolean;
    readonly overrides: Readonly<Record<string, string>>;
  }[];
}

/** What somebody else may do to a plan. */
export const PlanEdit = z.strictObject({
  enabled: z.boolean().optional(),
  access: z.enum(['admin', 'view', 'hidden']).optional(),
  specsBound: z.boolean().optional(),
});

/** A change of some of it. */
export type PlanEdit = z.infer<typeof PlanEdit>;

/** Copies of all plans, in the order of their making. */
export function dumpPlans(model: BambooModel): PlanDump[] {
  return [...model.plans.values()].map((plan) => ({
    ...plan,
    own: [...plan.own],
    used: [...plan.used],
    branches: plan.branches.map((branch) => ({ ...branch, overrides: Object.fromEntries(branch.overrides) })),
  }));
}

/** Changes a plan. */
export function editPlan(model: BambooModel, key: string, edit: PlanEdit): void {
  const plan = model.plans.get(key);
  if (plan === undefined) throw new SimulatorError(`There is no plan with the key ${key}.`);
  Object.assign(plan, edit);
}
