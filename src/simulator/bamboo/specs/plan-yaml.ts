import { stringify } from 'yaml';
import type { BambooContext } from '../context.ts';
import { cloudSettingNames } from '../forms/cloud-controls.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import { nameOf, type Plan, type Repository, repositoriesOf } from '../model.ts';

/** A plan as YAML Specs: type, slug and branch of each repository, and no credential [P]. */
export function planYaml(context: BambooContext, plan: Plan): string {
  const repositories = repositoriesOf(plan)
    .map((id) => context.model.repositories.get(id))
    .filter((each) => each !== undefined);
  return stringify({
    version: 2,
    plan: { 'project-key': plan.project, key: plan.key.split('-')[1], name: plan.name },
    repositories: repositories.map((repository) => ({ [nameOf(repository)]: bodyOf(context, repository) })),
  });
}

function bodyOf({ traits }: BambooContext, { kind, owner, settings }: Repository): object {
  if (owner.kind !== 'plan') return { scope: owner.kind };
  const names = cloudSettingNames(traits);
  if (kind === 'bbCloud') return { type: 'bitbucket', slug: settings[names.repository], branch: settings[names.branch] };
  if (kind === 'git') return { type: 'git', url: settings[GIT_SETTINGS.url], branch: settings[GIT_SETTINGS.branch] };
  return { type: kind };
}
