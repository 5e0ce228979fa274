import { RekeyError } from '../../core/errors.ts';
import type { Control } from '../page/control.ts';
import { formIsClosed, type PageDocument } from '../page/document.ts';
import { type FormControls, readForms } from '../page/read-controls.ts';

/** The one form of a page that edits a repository, complete. */
export interface EditForm {
  readonly action: string;
  readonly controls: readonly Control[];
  readonly selected: string;
}

function chosenValue(controls: readonly Control[], name: string): string | undefined {
  return controls.find((control) => control.name === name && control.chosen)?.value;
}

interface Candidate extends FormControls {
  readonly index: number;
}

/** The forms with both `repositoryId` and `selectedRepository`: pages hold several forms [D]. */
function candidates({ $ }: PageDocument): Candidate[] {
  const root = $.root().get(0);
  const forms = root === undefined ? [] : readForms(root).map((form, index) => ({ ...form, index }));
  return forms.filter(({ controls }) => ['repositoryId', 'selectedRepository'].every((name) => controls.some((control) => control.name === name)));
}

const refuse = (why: string) => new RekeyError('FORM_NOT_UNDERSTOOD', why);

/** What every complete edit form has: its closing tag, `save` and `repositoryName` [D]. */
function missingPart(page: PageDocument, { controls, index }: Candidate): string | undefined {
  if (!formIsClosed(page.html, index)) return 'its closing tag';
  if (!controls.some((control) => control.kind === 'button' && control.name === 'save')) return 'its save button';
  return controls.some((control) => control.name === 'repositoryName') ? undefined : 'the repository name';
}

/** Chooses the edit form of a page; undefined where the page has none. @throws RekeyError FORM_NOT_UNDERSTOOD */
export function chooseEditForm(page: PageDocument, id: string, what: string): EditForm | undefined {
  const found = candidates(page);
  if (found.length === 0) return undefined;
  const [form, ...more] = found.filter(({ controls }) => chosenValue(controls, 'repositoryId') === id);
  if (form === undefined) throw refuse(`${what}: the page shows another repository than the one asked for.`);
  if (more.length > 0) throw refuse(`${what}: the page holds ${more.length + 1} edit forms for the same repository.`);
  const selected = chosenValue(form.controls, 'selectedRepository') ?? '';
  if (selected === '') throw refuse(`${what}: the form does not say which type of repository it is.`);
  const missing = missingPart(page, form);
  if (missing !== undefined && !/^\d+$/.test(selected)) throw refuse(`${what}: the form is incomplete: ${missing} is missing.`);
  return { action: form.form.attribs.action ?? '', controls: form.controls, selected };
}
