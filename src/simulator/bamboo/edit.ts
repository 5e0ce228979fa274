import { SimulatorError } from '../simulator-error.ts';
import { flatten } from './forms/controls.ts';
import type { FormDefinitions } from './forms/form-definitions.ts';
import type { BambooModel } from './model.ts';

/** Changes one setting or secret of a repository, as somebody else at another screen would. */
export function editRepository(model: BambooModel, definitions: FormDefinitions, id: string, setting: string, value: string): void {
  const repository = model.repositories.get(id);
  if (repository === undefined) throw new SimulatorError(`There is no repository with the id ${id}.`);
  if (Object.hasOwn(repository.settings, setting)) {
    repository.settings = { ...repository.settings, [setting]: value };
    return;
  }
  const secrets = flatten(definitions[repository.kind]).flatMap((control) => (control.kind === 'secret' ? [control.setting] : []));
  if (!secrets.includes(setting)) throw new SimulatorError(`The repository ${id} has no setting and no secret called ${setting}.`);
  repository.secrets = { ...repository.secrets, [setting]: value };
}
