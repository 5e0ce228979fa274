import { bitbucketPlace, connectionErrors } from '../connection.ts';
import type { BambooContext } from '../context.ts';
import { cloudSettingNames } from '../forms/cloud-controls.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import { branchAt, nameOf, type Plan, type PlanBranch, type Repository, repositoriesOf } from '../model.ts';
import type { Checkout } from './builds.ts';

/** What can be built: a plan, or one of its branches. */
export interface Buildable {
  readonly key: string;
  readonly plan: Plan;
  readonly branch: PlanBranch | null;
}

/** The plan or branch with this key. */
export function buildableAt({ model }: BambooContext, key: string): Buildable | null {
  const plan = model.plans.get(key);
  if (plan !== undefined) return { key, plan, branch: null };
  const found = branchAt(model, key);
  return found === null ? null : { key, ...found };
}

/** What an agent will fetch for this build, in the plan's order, and what Bitbucket will say to it. */
export function checkoutsOf(context: BambooContext, { plan, branch }: Buildable): Checkout[] {
  const ids = repositoriesOf(plan).map((id) => branch?.overrides.get(id) ?? id);
  const repositories = ids.map((id) => context.model.repositories.get(id)).filter((each) => each !== undefined);
  return repositories.map((repository, index) => ({
    task: index === 0 ? 'Checkout Default Repository' : `Checkout ${nameOf(repository)}`,
    ...placeOf(context, repository),
    error: errorOf(context, repository),
  }));
}

/** Agents reach every host; only what lies on Bitbucket Cloud asks for a credential that is judged here. */
function errorOf(context: BambooContext, repository: Repository): string | null {
  const isElsewhere = repository.kind === 'git' && bitbucketPlace(repository.settings[GIT_SETTINGS.url] ?? '') === null;
  return isElsewhere ? null : (connectionErrors(context, repository.kind, repository)[0] ?? null);
}

function placeOf({ traits }: BambooContext, { kind, settings }: Repository): { url: string; branch: string } {
  const names = cloudSettingNames(traits);
  if (kind === 'bbCloud') return { url: `https://bitbucket.org/${settings[names.repository] ?? ''}.git`, branch: settings[names.branch] ?? '' };
  if (kind === 'git') return { url: settings[GIT_SETTINGS.url] ?? '', branch: settings[GIT_SETTINGS.branch] ?? '' };
  return { url: `https://${kind.toLowerCase()}.example.com/${nameOf({ settings } as Repository)}`, branch: 'main' };
}
