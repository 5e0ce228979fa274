import { RekeyError } from '../../core/errors.ts';
import { type CandidateForm, chosenValue, formsHolding, missingPart } from '../page/choose-form.ts';
import type { Control } from '../page/control.ts';
import type { PageDocument } from '../page/document.ts';
import { seenText } from '../page/tree.ts';

/** The one form of a page that edits a repository, complete. */
export interface EditForm {
  readonly action: string;
  readonly controls: readonly Control[];
  readonly selected: string;
  /** What the page says beside its controls that a person should know. */
  readonly notes: readonly string[];
}

/** The forms of a page that edit a repository: pages hold several forms [D]. */
export function editForms(page: PageDocument): CandidateForm[] {
  return formsHolding(page, ['repositoryId', 'selectedRepository']);
}

const refuse = (why: string) => new RekeyError('FORM_NOT_UNDERSTOOD', why);

/** What every complete edit form has: its closing tag, `save` and `repositoryName` [D]. */
function missing(page: PageDocument, form: CandidateForm): string | undefined {
  return missingPart(page, form) ?? (form.controls.some((control) => control.name === 'repositoryName') ? undefined : 'the repository name');
}

/** What the form shows where Bitbucket answers its list of repositories with 410 [I]. */
const LIST_FAILED = 'Failed to load data from Bitbucket';

/** The type's own list of repositories may have failed although the checkout works. */
function notesOf({ tree, html }: PageDocument): string[] {
  const words = LIST_FAILED.toLowerCase();
  if (!/failed\s+to\s+load/i.test(html)) return [];
  const text = seenText(tree()).replace(/\s+/g, ' ').toLowerCase();
  return text.includes(words) ? [`its form says "${LIST_FAILED}"`] : [];
}

/** Chooses the edit form of a page; undefined where the page has none. @throws RekeyError FORM_NOT_UNDERSTOOD */
export function chooseEditForm(page: PageDocument, id: string, what: string): EditForm | undefined {
  const found = editForms(page);
  if (found.length === 0) return undefined;
  const [form, ...more] = found.filter(({ controls }) => chosenValue(controls, 'repositoryId') === id);
  if (form === undefined) throw refuse(`${what}: the page shows another repository than the one asked for.`);
  if (more.length > 0) throw refuse(`${what}: the page holds ${more.length + 1} edit forms for the same repository.`);
  const selected = chosenValue(form.controls, 'selectedRepository') ?? '';
  if (selected === '') throw refuse(`${what}: the form does not say which type of repository it is.`);
  const lacking = missing(page, form);
  if (lacking !== undefined && !/^\d+$/.test(selected)) throw refuse(`${what}: the form is incomplete: ${lacking} is missing.`);
  return { action: form.action, controls: form.controls, selected, notes: notesOf(page) };
}
