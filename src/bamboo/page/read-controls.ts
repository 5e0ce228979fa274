import { alike, type Control, type Section } from './control.ts';
import { childrenOf, isElement, type PageElement, type PageNode } from './document.ts';
import { readControl, type Surroundings } from './read-control.ts';

interface Around extends Surroundings {
  readonly form: PageElement | undefined;
}

function sectionsOf(element: PageElement): readonly Section[] {
  const classes = element.attribs.class ?? '';
  if (!classes.includes('dependsOn')) return [];
  const words = classes.split(/\s+/);
  const after = (prefix: string) =>
    words.filter((word) => word.startsWith(prefix) && word.length > prefix.length).map((word) => alike(word.slice(prefix.length)));
  const showOn = after('showOn');
  return showOn.length === 0 ? [] : after('dependsOn').map((dependsOn) => ({ dependsOn, showOn }));
}

const CONTROLS = new Set(['input', 'textarea', 'select', 'button']);
/** What stands in there belongs to no form. */
const NO_MARKUP = new Set(['script', 'template', 'noscript', 'datalist', 'style']);

function aroundChildren(element: PageElement, around: Around): Around {
  const own = sectionsOf(element);
  const disabled = around.disabled || (element.name === 'fieldset' && 'disabled' in element.attribs);
  const form = element.name === 'form' ? element : around.form;
  return own.length === 0 && disabled === around.disabled && form === around.form ? around : { form, disabled, sections: [...around.sections, ...own] };
}

/** A control belongs to the form that its `form` attribute names, else to the one around it. */
function isOwner(element: PageElement, around: Around, form: PageElement): boolean {
  const named = element.attribs.form;
  return named === undefined ? around.form === form : named !== '' && named === form.attribs.id;
}

/** The first legend of a fieldset stays enabled when the fieldset is disabled. */
function firstLegend(element: PageElement): PageNode | undefined {
  return element.name === 'fieldset' ? childrenOf(element).find((child) => isElement(child) && child.name === 'legend') : undefined;
}

function* walkChildren(element: PageElement, around: Around, form: PageElement): Generator<Control> {
  const inner = aroundChildren(element, around);
  const legend = firstLegend(element);
  for (const child of childrenOf(element)) yield* walk(child, child === legend ? { ...inner, disabled: around.disabled } : inner, form);
}

function* walk(node: PageNode, around: Around, form: PageElement): Generator<Control> {
  if (!isElement(node)) {
    for (const child of childrenOf(node)) yield* walk(child, around, form);
  } else if (CONTROLS.has(node.name)) {
    if (isOwner(node, around, form)) yield* readControl(node, { ...around, sections: [...around.sections, ...sectionsOf(node)] });
  } else if (!NO_MARKUP.has(node.name)) {
    yield* walkChildren(node, around, form);
  }
}

/** Among radios of one name only the last checked one counts. */
function lastRadioOnly(controls: readonly Control[]): Control[] {
  const last = new Map<string, Control>();
  for (const control of controls) if (control.kind === 'radio' && control.chosen) last.set(control.name, control);
  return controls.map((control) =>
    control.kind === 'radio' && control.chosen && last.get(control.name) !== control ? { ...control, chosen: false } : control,
  );
}

/** Every control of a form in document order, with the value that a browser would post for it. */
export function readControls(root: PageNode, form: PageElement): Control[] {
  return lastRadioOnly([...walk(root, { form: undefined, disabled: false, sections: [] }, form)]);
}
