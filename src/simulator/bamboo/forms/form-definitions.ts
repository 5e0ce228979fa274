import type { RepositoryKind } from '../repository-types.ts';
import type { Traits } from '../traits.ts';
import { cloudControls } from './cloud-controls.ts';
import { HEAD_CONTROLS, tailControls } from './common-controls.ts';
import type { Control } from './controls.ts';
import { bitbucketServerControls, exampleControls, gitControls, githubControls, subversionControls } from './other-controls.ts';

/** The controls of every kind of repository, in document order. */
export type FormDefinitions = Readonly<Record<RepositoryKind, readonly Control[]>>;

/** Builds all definitions once: they depend on nothing but the look of the server. */
export function formDefinitions(traits: Traits): FormDefinitions {
  const whole = (own: Control[]): Control[] =>
    traits.order === 'usual' ? [...HEAD_CONTROLS, ...own, ...tailControls()] : [...tailControls(), ...HEAD_CONTROLS, ...own];
  return {
    bbCloud: whole(cloudControls(traits)),
    git: whole(gitControls()),
    github: whole(githubControls()),
    svn: whole(subversionControls()),
    bbServer: whole(bitbucketServerControls()),
    example: whole(exampleControls()),
  };
}
