import { childrenOf, isElement, type PageElement, type PageNode } from './document.ts';

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

function textOf(node: PageNode): string {
  if (!isElement(node)) return 'data' in node && node.type === 'text' ? node.data : '';
  return childrenOf(node).map(textOf).join('');
}

function readOption(element: PageElement, groupDisabled: boolean): Candidate {
  const label = textOf(element).replace(/\s+/g, ' ').trim();
  return { value: element.attribs.value ?? label, label, disabled: groupDisabled || 'disabled' in element.attribs, selected: 'selected' in element.attribs };
}

function optionsOf(element: PageElement, groupDisabled = false): Candidate[] {
  return childrenOf(element).flatMap((child) => {
    if (!isElement(child)) return [];
    return child.name === 'option' ? [readOption(child, groupDisabled)] : optionsOf(child, groupDisabled || 'disabled' in child.attribs);
  });
}

/** The chosen options, as a browser sees them: the last one marked, or the first that is not disabled where none is marked. */
export function chosenOptions(select: PageElement): readonly Option[] {
  const options = optionsOf(select);
  const marked = options.filter((option) => option.selected);
  if ('multiple' in select.attribs) return marked;
  const isList = Number(select.attribs.size ?? '1') > 1;
  const chosen = marked.at(-1) ?? (isList ? undefined : options.find((option) => !option.disabled));
  return chosen === undefined ? [] : [chosen];
}
