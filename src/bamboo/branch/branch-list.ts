import { z } from 'zod';
import type { BranchName, Listing, PlanName } from '../../core/ports.ts';
import { readPages } from '../rest/read-pages.ts';
import type { Rest } from '../rest/rest.ts';

const Branches = z.object({ branches: z.object({ branch: z.array(z.unknown()) }) }).transform((body) => body.branches.branch);
const Row = z.object({
  key: z.string().regex(/^[^-\s]+-[^-\s]+$/),
  shortName: z.string().nullish().catch(undefined),
  name: z.string().nullish().catch(undefined),
  enabled: z.boolean().optional().catch(undefined),
});

/** `GET /plan/{key}/branch` [P]; a disabled branch holds its credential all the same. */
export function readBranches(rest: Rest, plan: PlanName, signal?: AbortSignal): Promise<Listing<BranchName>> {
  return readPages({
    what: `branches of plan ${plan.key}`,
    page: (start) => rest.get(Branches, `/plan/${encodeURIComponent(plan.key)}/branch`, { 'start-index': String(start), 'max-results': '1000' }, signal),
    entry: (row) => {
      const { data } = Row.safeParse(row);
      if (data === undefined) return undefined;
      const name = (data.shortName ?? data.name ?? data.key).trim();
      const enabled = data.enabled === undefined ? {} : { enabled: data.enabled };
      return { id: data.key, entry: { key: data.key, project: plan.project, plan: plan.key, name, ...enabled } };
    },
  });
}
