import { z } from 'zod';
import { RekeyError } from '../../core/errors.ts';
import type { Place, Usage } from '../../core/model.ts';
import { Count, Id } from './json.ts';
import type { Rest } from './rest.ts';

/** Default is 20 each [P]; the projects are known only from plans that are listed. */
const ALL = '100000';

const Key = z.union([z.string(), z.object({ key: z.string() }).transform((body) => body.key)]);
const PlanUse = z.object({ planKey: Key.optional().catch(undefined), buildKey: Id.optional().catch(undefined) });
const UsageBody = z.object({
  plans: z.array(PlanUse).default([]),
  totalPlans: z.coerce.number().int().nonnegative(),
  inaccessiblePlansCount: Count,
  environments: z.array(z.unknown()).default([]),
  totalEnvironments: Count,
  inaccessibleEnvironmentsCount: Count,
});

function projectsOf(plans: z.infer<typeof UsageBody>['plans']): string[] {
  const keys = plans.map((plan) => (plan.planKey ?? plan.buildKey ?? '').split('-')[0] ?? '');
  return [...new Set(keys.filter((key) => key !== ''))].sort();
}

/** A plan's own repository serves that plan and nothing else. */
function ownPlanOnly(place: Place): Usage {
  return { plans: 1, environments: 0, projects: place.project === undefined ? [] : [place.project], inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
}

/** `GET /repository/{id}/usage` [P, from 8.0]. */
export async function readUsage(rest: Rest, place: Place, signal?: AbortSignal): Promise<Usage> {
  if (place.object !== 'repository') throw new RekeyError('INTERNAL', 'The usage of a shared credential is not read over this call.');
  if (place.level === 'plan' || place.level === 'branch') return ownPlanOnly(place);
  const body = await rest.get(UsageBody, `/repository/${encodeURIComponent(place.id)}/usage`, { maxPlans: ALL, maxEnvironments: ALL }, signal);
  return {
    plans: Math.max(body.totalPlans, body.plans.length),
    environments: Math.max(body.totalEnvironments, body.environments.length),
    projects: projectsOf(body.plans),
    inaccessiblePlans: body.inaccessiblePlansCount,
    inaccessibleEnvironments: body.inaccessibleEnvironmentsCount,
  };
}

/** Keys of the plans that use a repository, sorted; those that the account may not see are not among them. */
export async function readPlansUsing(rest: Rest, id: string, signal?: AbortSignal): Promise<readonly string[]> {
  const body = await rest.get(UsageBody, `/repository/${encodeURIComponent(id)}/usage`, { maxPlans: ALL, maxEnvironments: ALL }, signal);
  return [...new Set(body.plans.map((plan) => plan.planKey ?? plan.buildKey ?? ''))].filter((key) => key !== '').sort();
}
