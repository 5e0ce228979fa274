import type { Control } from './control.ts';
import { formIsClosed, type PageDocument } from './document.ts';
import { readForms } from './read-controls.ts';
import { attributeOf } from './tree.ts';

/** One form of a page that may be the one looked for. */
export interface CandidateForm {
  readonly action: string;
  readonly controls: readonly Control[];
  /** Its number among the forms of the page. */
  readonly index: number;
}

/** The value that a form holds under a name; undefined where it has no such control, or none that is chosen. */
export function chosenValue(controls: readonly Control[], name: string): string | undefined {
  return controls.find((control) => control.name === name && control.chosen)?.value;
}

/** The forms that have a control of each name: pages hold several forms [D]. */
export function formsHolding(page: PageDocument, names: readonly string[]): CandidateForm[] {
  const forms = readForms(page.tree()).map(({ form, controls }, index) => ({ action: attributeOf(form, 'action') ?? '', controls, index }));
  return forms.filter(({ controls }) => names.every((name) => controls.some((control) => control.name === name)));
}

/** What a complete form has and this one lacks; undefined when nothing is missing. */
export function missingPart(page: PageDocument, { index, controls }: CandidateForm): string | undefined {
  if (!formIsClosed(page, index)) return 'its closing tag';
  return controls.some((control) => control.kind === 'button' && control.name === 'save') ? undefined : 'its save button';
}
