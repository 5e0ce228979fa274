import { CLOUD, cloudSettingNames } from '../forms/cloud-controls.ts';
import { SEEDED } from './credentials.ts';
import { credentialNamed, type Differences, type SketchPlace, type SketchSources } from './sketch.ts';

/** How a Bitbucket Cloud repository logs in. */
export type LoginStyle = 'app-password' | 'migrated' | 'shared' | 'ssh-checkout' | 'public';

/** The settings and secrets of a Bitbucket Cloud repository of one style. */
export function cloudSketch(sources: SketchSources, place: SketchPlace, style: LoginStyle): Differences {
  const names = cloudSettingNames(sources.traits);
  const settings: Record<string, string> = {
    ...cloneSettings(sources, place),
    [names.accessLevel]: style === 'public' ? 'PUBLIC' : 'PRIVATE',
    [names.repository]: `${place.workspace}/${place.slug}`,
    [names.branch]: sources.random.pick(['main', 'master', 'develop', 'feature/ä-1']),
  };
  const secrets: Record<string, string> = {};
  if (style === 'shared') Object.assign(settings, sharedSettings(sources, names));
  if (style === 'ssh-checkout') {
    settings[names.authenticationType] = 'SSH_KEYPAIR';
    secrets[names.sshKey] = `-----BEGIN OPENSSH PRIVATE KEY-----\n${sources.random.letters(60)}\n-----END OPENSSH PRIVATE KEY-----`;
    if (place.index % 2 === 0) secrets[names.passphrase] = sources.random.letters(20);
  }
  if (style === 'migrated') addInline(sources.token.email, sources.token.value);
  if (style === 'app-password' || style === 'ssh-checkout') {
    const user = sources.users[place.workspace][Math.floor(place.index / 10) % 3 === 2 ? 1 : 0];
    addInline(user.username, user.password);
  }
  return { settings, secrets };

  function addInline(username: string, password: string): void {
    settings[names.username] = username;
    secrets[names.password] = password;
  }
}

/** Settings off their defaults, so that a lost one shows. */
function cloneSettings(sources: SketchSources, place: SketchPlace): Record<string, string> {
  const flag = (every: number): string => String(place.index % every === 0);
  return {
    [`${CLOUD}.useShallowClones`]: flag(2),
    [`${CLOUD}.useSubmodules`]: flag(3),
    [`${CLOUD}.commandTimeout`]: String(60 + sources.random.below(240)),
    [`${CLOUD}.verbose.logs`]: flag(5),
    [`${CLOUD}.webhookEnabled`]: flag(4),
    [`${CLOUD}.lfs.repository`]: flag(6),
    'repository.common.quietPeriod.enabled': flag(4),
    'repository.common.quietPeriod.period': String(5 + sources.random.below(60)),
    'filter.pattern.option': place.index % 6 === 0 ? 'includeOnly' : 'none',
    'filter.pattern.regex': place.index % 6 === 0 ? '^src/.*\\.(ts|js)$' : '',
    'changeset.filter.pattern.regex': place.index % 7 === 0 ? '.*\\[skip ci\\].*' : '',
    ...(sources.traits.decoys ? { [`${CLOUD}.notify`]: 'success,first-failure' } : {}),
  };
}

function sharedSettings(sources: SketchSources, names: ReturnType<typeof cloudSettingNames>): Record<string, string> {
  return {
    [names.source]: 'SHARED_CREDENTIALS',
    [names.passwordCredentials]: credentialNamed(sources.credentials, SEEDED.cloud, null),
    [names.authenticationType]: 'SSH_KEYPAIR',
    [names.sshSource]: 'SHARED_CREDENTIALS',
    [names.sshCredentials]: credentialNamed(sources.credentials, SEEDED.deployKey, null),
  };
}
