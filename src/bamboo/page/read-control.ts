import type { Control, ControlKind, Section } from './control.ts';
import { chosenOptions } from './select.ts';
import { attributeOf, type TreeElement, textBelow } from './tree.ts';

/** What a control inherits from the elements around it. */
export interface Surroundings {
  readonly disabled: boolean;
  readonly sections: readonly Section[];
}

const BUTTONS = new Set(['submit', 'image', 'button', 'reset']);
const ONE_LINE = new Set(['text', 'search', 'tel', 'password', 'url', 'email']);

function inputKind(type: string): ControlKind {
  if (type === 'hidden' || type === 'password' || type === 'checkbox' || type === 'radio' || type === 'file') return type;
  return BUTTONS.has(type) ? 'button' : 'text';
}

/** Browsers take line breaks out of one-line inputs, and blanks around addresses. */
function inputValue(type: string, value: string): string {
  const line = ONE_LINE.has(type) ? value.replace(/[\r\n]+/g, '') : value;
  return type === 'url' || type === 'email' ? line.trim() : line;
}

function make(element: TreeElement, around: Surroundings, kind: ControlKind, value: string, chosen = true): Control {
  const [name = '', id = '', disabled] = ['name', 'id', 'disabled'].map((each) => attributeOf(element, each));
  return { name, id, kind, value, chosen, disabled: around.disabled || disabled !== undefined, label: '', sections: around.sections };
}

function readInput(element: TreeElement, around: Surroundings): Control | undefined {
  const type = (attributeOf(element, 'type') ?? 'text').toLowerCase();
  const value = attributeOf(element, 'value');
  const kind = inputKind(type);
  if (kind === 'file') return make(element, around, kind, '');
  if (kind === 'checkbox' || kind === 'radio') return make(element, around, kind, value ?? 'on', attributeOf(element, 'checked') !== undefined);
  if (kind === 'button') return type === 'submit' ? make(element, around, kind, value ?? '', false) : undefined;
  return make(element, around, kind, inputValue(kind === 'text' && !ONE_LINE.has(type) ? 'text' : type, value ?? ''));
}

function readButton(element: TreeElement, around: Surroundings): Control | undefined {
  const type = (attributeOf(element, 'type') ?? 'submit').toLowerCase();
  return type === 'submit' ? make(element, around, 'button', attributeOf(element, 'value') ?? '', false) : undefined;
}

function readSelect(element: TreeElement, around: Surroundings): Control[] {
  const empty = make(element, around, 'select', '', false);
  const chosen = chosenOptions(element).map((option): Control => ({ ...empty, ...option, chosen: true, disabled: empty.disabled || option.disabled }));
  return chosen.length > 0 ? chosen : [empty];
}

/** Reads one element that is a control: what it is and which value it has now. A select of several gives one per chosen option. */
export function readControl(element: TreeElement, around: Surroundings): Control[] {
  if (element.tagName === 'select') return readSelect(element, around);
  if (element.tagName === 'textarea') return [make(element, around, 'textarea', textBelow(element))];
  const one = element.tagName === 'input' ? readInput(element, around) : readButton(element, around);
  return one === undefined ? [] : [one];
}
