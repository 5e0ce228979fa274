import type { Control, ControlKind, Section } from './control.ts';
import { childrenOf, type PageElement } from './document.ts';
import { chosenOptions } from './select.ts';

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

function readInput(element: PageElement, common: Omit<Control, 'kind' | 'value' | 'chosen'>): Control[] {
  const type = (element.attribs.type ?? 'text').toLowerCase();
  const kind = inputKind(type);
  if (kind === 'file') return [{ ...common, kind, value: '', chosen: true }];
  if (kind === 'checkbox' || kind === 'radio') return [{ ...common, kind, value: element.attribs.value ?? 'on', chosen: 'checked' in element.attribs }];
  if (kind === 'button') return type === 'submit' ? [{ ...common, kind, value: element.attribs.value ?? '', chosen: false }] : [];
  return [{ ...common, kind, value: inputValue(kind === 'text' && !ONE_LINE.has(type) ? 'text' : type, element.attribs.value ?? ''), chosen: true }];
}

function textIn(element: PageElement): string {
  return childrenOf(element)
    .map((child) => ('data' in child ? child.data : ''))
    .join('');
}

function readSelect(element: PageElement, common: Omit<Control, 'kind' | 'value' | 'chosen'>): Control[] {
  const chosen = chosenOptions(element).map(
    (option): Control => ({ ...common, kind: 'select', ...option, chosen: true, disabled: common.disabled || option.disabled }),
  );
  return chosen.length > 0 ? chosen : [{ ...common, kind: 'select', value: '', chosen: false }];
}

/** Reads one element that is a control: what it is and which value it has now. */
export function readControl(element: PageElement, around: Surroundings): Control[] {
  const { name = '', id = '' } = element.attribs;
  const common = { name, id, disabled: around.disabled || 'disabled' in element.attribs, label: '', sections: around.sections };
  switch (element.name) {
    case 'input':
      return readInput(element, common);
    case 'textarea':
      return [{ ...common, kind: 'textarea', value: textIn(element), chosen: true }];
    case 'select':
      return readSelect(element, common);
    case 'button':
      return (element.attribs.type ?? 'submit').toLowerCase() === 'submit'
        ? [{ ...common, kind: 'button', value: element.attribs.value ?? '', chosen: false }]
        : [];
    default:
      return [];
  }
}
