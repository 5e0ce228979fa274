import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../../core/model.ts';
import { alike, type Control } from '../page/control.ts';
import type { Sections } from './liveness.ts';

/** A repository type whose form is understood: the word that its control names carry between their dots. */
export interface Family {
  readonly kind: 'bitbucket-cloud' | 'git';
  readonly title: string;
  readonly word: RegExp;
}

/** `repository.bitbucket.username` is literal in Atlassian's SQL [D]. */
const BITBUCKET: Family = { kind: 'bitbucket-cloud', title: 'Bitbucket Cloud', word: /^(bitbucket|bitbucket[-_]?cloud|bbcloud)$/i };
/** `repository.git.passwordCredentialsSource`, `temporary.git.password` [T]. */
const GIT: Family = { kind: 'git', title: 'Git', word: /^git$/i };

/** The family of a module key; undefined for types that cannot hold a Bitbucket Cloud credential. */
export function familyOf(module: string): Family | undefined {
  if (module === BITBUCKET_CLOUD_MODULE) return BITBUCKET;
  return module === GIT_MODULE ? GIT : undefined;
}

function segments(name: string): string[] {
  return name.split(/[._]/);
}

/** The part of a control's name after its last dot. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Whether a control stands in the part of the form that is shown for other types than the selected one [D: dependsOnselectedRepository]. */
function isOfOtherType(control: Control, selected: string, sections: Sections): boolean {
  const ofTypes = control.sections.filter((section) => sections.masters(section).some(({ name }) => name === 'selectedRepository'));
  return ofTypes.some(({ showOn }) => !showOn.includes(alike(selected)));
}

/** The controls of the form that belong to the selected type: other types' fields stand on the same page, and their names may hold the same word. */
export function ofFamily(controls: readonly Control[], family: Family, selected: string, sections: Sections): Control[] {
  const named = controls.filter((control) => control.kind !== 'button' && segments(control.name).some((segment) => family.word.test(segment)));
  return named.filter((control) => !isOfOtherType(control, selected, sections));
}
