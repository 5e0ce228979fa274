import { RekeyError } from '../../core/errors.ts';
import type { Control } from '../page/control.ts';
import { formIsClosed, type PageDocument, type PageElement } from '../page/document.ts';
import { readControls } from '../page/read-controls.ts';

/** The one form of a page that edits a repository, complete. */
export interface EditForm {
  readonly action: string;
  readonly controls: readonly Control[];
  readonly selected: string;
}

function chosenValue(controls: readonly Control[], name: string): string | undefined {
  return controls.find((control) => control.name === name && control.chosen)?.value;
}

interface Candidate {
  readonly element: PageElement;
  readonly index: number;
  readonly controls: readonly Control[];
}

/** The form with both `repositoryId` and `selectedRepository`: pages hold several [D]. */
function candidates({ $ }: PageDocument): Candidate[] {
  const root = $.root().get(0);
  if (root === undefined) return [];
  const forms = $('form')
    .toArray()
    .filter((element) => $(element).closest('template').length === 0);
  return forms
    .map((element, index) => ({ element, index, controls: readControls(root, element) }))
    .filter(({ controls }) => controls.some((control) => control.name === 'repositoryId') && controls.some((control) => control.name === 'selectedRepository'));
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
  return { action: form.element.attribs.action ?? '', controls: form.controls, selected };
}
