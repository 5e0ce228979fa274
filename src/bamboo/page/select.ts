import { attributeOf, isTreeElement, nodesIn, type TreeElement, textBelow } from './tree.ts';

/** An option as a select has it now. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** By itself or by its group: it may be selected, but is not posted. */
  readonly disabled: boolean;
}

interface Candidate extends Option {
  readonly selected: boolean;
}

function isMarked(element: TreeElement, name: string): boolean {
  return attributeOf(element, name) !== undefined;
}

function readOption(element: TreeElement, groupDisabled: boolean): Candidate {
  const label = textBelow(element).replace(/\s+/g, ' ').trim();
  const disabled = groupDisabled || isMarked(element, 'disabled');
  return { value: attributeOf(element, 'value') ?? label, label, disabled, selected: isMarked(element, 'selected') };
}

function optionsOf(element: TreeElement, groupDisabled = false): Candidate[] {
  return nodesIn(element).flatMap((child) => {
    if (!isTreeElement(child)) return [];
    return child.tagName === 'option' ? [readOption(child, groupDisabled)] : optionsOf(child, groupDisabled || isMarked(child, 'disabled'));
  });
}

/** The chosen options, as a browser sees them: the last one marked, or the first that is not disabled where none is marked. */
export function chosenOptions(select: TreeElement): readonly Option[] {
  const options = optionsOf(select);
  const marked = options.filter((option) => option.selected);
  if (isMarked(select, 'multiple')) return marked;
  const isList = Number(attributeOf(select, 'size') ?? '1') > 1;
  const chosen = marked.at(-1) ?? (isList ? undefined : options.find((option) => !option.disabled));
  return chosen === undefined ? [] : [chosen];
}
