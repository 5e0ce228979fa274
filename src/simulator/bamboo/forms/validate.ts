import { type BambooModel, NAME_SETTING, nameOf, type Repository, siblingsOf } from '../model.ts';
import { REPOSITORY_TYPES } from '../repository-types.ts';
import type { Traits } from '../traits.ts';
import type { PostedState } from './apply-posted.ts';
import { cloudSettingNames } from './cloud-controls.ts';
import { type Control, flatten } from './controls.ts';
import type { PostedForm } from './posted-form.ts';

/** What is wrong with a posted form, by the name of the control; empty when it may be saved. */
export function validate(
  rules: { readonly model: BambooModel; readonly traits: Traits; readonly controls: readonly Control[] },
  repository: Repository,
  posted: PostedForm,
  state: PostedState,
): Map<string, string> {
  const errors = new Map<string, string>();
  for (const control of flatten(rules.controls)) checkControl(control, state, errors);
  if (posted.text('selectedRepository') !== REPOSITORY_TYPES[repository.kind].moduleKey) errors.set('selectedRepository', 'Please select a repository type.');
  if (isNameTaken(rules.model, repository, state.settings[NAME_SETTING] ?? '')) errors.set(NAME_SETTING, 'A repository with this name already exists.');
  if (repository.kind === 'bbCloud') checkCloudLogin(rules.traits, state, errors);
  return errors;
}

function checkControl(control: Control, state: PostedState, errors: Map<string, string>): void {
  if (!('name' in control) || control.kind === 'secret' || control.kind === 'foreign-secret') return;
  const value = state.settings[control.name] ?? '';
  if ('required' in control && control.required === true && value === '') errors.set(control.name, `${control.label} is required.`);
  const isChoice = control.kind === 'select' || control.kind === 'radio';
  if (isChoice && value !== '' && !control.choices.some((one) => one.value === value)) errors.set(control.name, `${control.label}: not a valid choice.`);
}

function isNameTaken(model: BambooModel, repository: Repository, name: string): boolean {
  if (name === nameOf(repository)) return false;
  return siblingsOf(model, repository.owner).some((id) => {
    const sibling = model.repositories.get(id);
    return sibling !== undefined && sibling !== repository && nameOf(sibling) === name;
  });
}

function checkCloudLogin(traits: Traits, state: PostedState, errors: Map<string, string>): void {
  const names = cloudSettingNames(traits);
  const isInline = state.settings[names.accessLevel] === 'PRIVATE' && state.settings[names.source] === 'CUSTOM';
  if (isInline && state.settings[names.username] === '') errors.set(names.username, 'Username is required.');
}
