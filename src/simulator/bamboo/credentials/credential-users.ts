import { cloudSettingNames } from '../forms/cloud-controls.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import type { BambooModel, Repository, SharedCredential } from '../model.ts';
import type { Traits } from '../traits.ts';

/** The repositories of any level that log in with a shared credential, in either slot. */
export function usersOf(model: BambooModel, traits: Traits, credential: SharedCredential): Repository[] {
  return [...model.repositories.values()].filter((repository) => credentialsIn(traits, repository).includes(credential.id));
}

/** The ids of the shared credentials that a repository stands on: a slot counts only while its source says so. */
function credentialsIn(traits: Traits, { kind, settings }: Repository): string[] {
  const cloud = cloudSettingNames(traits);
  const slots: readonly (readonly [source: string, select: string])[] =
    kind === 'bbCloud'
      ? [
          [cloud.source, cloud.passwordCredentials],
          [cloud.sshSource, cloud.sshCredentials],
        ]
      : [
          [GIT_SETTINGS.source, GIT_SETTINGS.passwordCredentials],
          [GIT_SETTINGS.sshSource, GIT_SETTINGS.sshCredentials],
        ];
  return slots.flatMap(([source, select]) => (settings[source] === 'SHARED_CREDENTIALS' ? [settings[select] ?? ''] : []));
}
