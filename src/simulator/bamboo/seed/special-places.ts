import { CLOUD, cloudSettingNames } from '../forms/cloud-controls.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import type { Owner } from '../model.ts';
import type { RepositoryKind } from '../repository-types.ts';
import { SEEDED } from './credentials.ts';
import { type GitPlace, gitSketch, gitUrl } from './other-sketch.ts';
import { credentialNamed, type Differences, type SketchPlace, type SketchSources } from './sketch.ts';

/** A repository that the mix of the seed would bring too seldom: a Git one, or one on a shared credential. */
export interface SpecialPlace {
  readonly owner: Owner;
  readonly kind: RepositoryKind;
  readonly differences: (sources: SketchSources, place: SketchPlace) => Differences;
}

const GLOBAL: Owner = { kind: 'global' };
const project = (key: string): Owner => ({ kind: 'project', project: key });
const plan = (key: string): Owner => ({ kind: 'plan', plan: key });

/** Plans whose first repository is a special one, and whose branch has one of its own for it. */
export const SPECIAL_PLANS = ['LIB-CI', 'WEB-REL'] as const;

/** One of each, on the level where it is met least often. */
export const SPECIAL_PLACES: readonly SpecialPlace[] = [
  ownGit(plan(SPECIAL_PLANS[0]), 'bitbucket'),
  ownGit(project('WEB'), 'bitbucket'),
  ownGit(GLOBAL, 'bitbucket'),
  ownGit(GLOBAL, 'user-in-url'),
  ownGit(project('OPS'), 'look-alike'),
  ownGit(plan('DATA-CI'), 'ssh'),
  { owner: GLOBAL, kind: 'git', differences: migratedGit },
  sharedGit(GLOBAL, 'bitbucket', SEEDED.git),
  sharedGit(project('OPS'), 'bitbucket', SEEDED.git),
  sharedGit(GLOBAL, 'bitbucket', SEEDED.bothTypes),
  sharedGit(GLOBAL, 'bitbucket', SEEDED.twoHosts),
  sharedGit(GLOBAL, 'elsewhere', SEEDED.twoHosts),
  sharedCloud(plan(SPECIAL_PLANS[1]), SEEDED.bothTypes, null),
  sharedCloud(project('WEB'), SEEDED.cloud, 'WEB'),
];

function ownGit(owner: Owner, where: GitPlace): SpecialPlace {
  return { owner, kind: 'git', differences: (sources, place) => gitSketch(sources, place, where) };
}

function migratedGit({ token }: SketchSources, place: SketchPlace): Differences {
  return {
    settings: { [GIT_SETTINGS.url]: gitUrl(place, 'bitbucket'), [GIT_SETTINGS.username]: 'x-bitbucket-api-token-auth' },
    secrets: { [GIT_SETTINGS.password]: token.value },
  };
}

function sharedGit(owner: Owner, where: GitPlace, name: string): SpecialPlace {
  const differences = ({ credentials }: SketchSources, place: SketchPlace): Differences => ({
    settings: {
      [GIT_SETTINGS.url]: gitUrl(place, where),
      [GIT_SETTINGS.source]: 'SHARED_CREDENTIALS',
      [GIT_SETTINGS.passwordCredentials]: credentialNamed(credentials, name, null),
    },
    secrets: {},
  });
  return { owner, kind: 'git', differences };
}

/** The account slot alone is shared; the checkout goes over HTTPS with the same credential. */
function sharedCloud(owner: Owner, name: string, scope: string | null): SpecialPlace {
  const differences = ({ traits, credentials }: SketchSources, place: SketchPlace): Differences => {
    const names = cloudSettingNames(traits);
    return {
      settings: {
        [names.repository]: `${place.workspace}/${place.slug}`,
        [names.branch]: 'main',
        [names.source]: 'SHARED_CREDENTIALS',
        [names.passwordCredentials]: credentialNamed(credentials, name, scope),
        [`${CLOUD}.commandTimeout`]: '95',
      },
      secrets: {},
    };
  };
  return { owner, kind: 'bbCloud', differences };
}
