import { alike, type Control, type Section } from './control.ts';
import { readControl, type Surroundings } from './read-control.ts';
import { attributeOf, isTreeElement, nodesIn, type TreeElement, type TreeNode } from './tree.ts';

interface Around extends Surroundings {
  readonly form: TreeElement | undefined;
}

function sectionsOf(element: TreeElement): readonly Section[] {
  const classes = attributeOf(element, 'class') ?? '';
  if (!classes.includes('dependsOn')) return [];
  const words = classes.split(/\s+/);
  const after = (prefix: string) =>
    words.filter((word) => word.startsWith(prefix) && word.length > prefix.length).map((word) => alike(word.slice(prefix.length)));
  const showOn = after('showOn');
  return showOn.length === 0 ? [] : after('dependsOn').map((dependsOn) => ({ dependsOn, showOn }));
}

/** What `readControl` reads. */
const CONTROLS = new Set(['input', 'textarea', 'select', 'button']);
/** What stands in there belongs to no form. */
const NO_MARKUP = new Set(['script', 'noscript', 'datalist', 'style']);

function aroundChildren(element: TreeElement, around: Around): Around {
  const own = sectionsOf(element);
  const disabled = around.disabled || (element.tagName === 'fieldset' && attributeOf(element, 'disabled') !== undefined);
  const form = element.tagName === 'form' ? element : around.form;
  return own.length === 0 && disabled === around.disabled && form === around.form ? around : { form, disabled, sections: [...around.sections, ...own] };
}

/** The first legend of a fieldset stays enabled when the fieldset is disabled. */
function firstLegend(element: TreeElement): TreeNode | undefined {
  return element.tagName === 'fieldset' ? nodesIn(element).find((child) => isTreeElement(child) && child.tagName === 'legend') : undefined;
}

/** What a walk over a page found, in document order. */
interface Found {
  readonly forms: TreeElement[];
  readonly controls: { readonly owner: TreeElement | undefined; readonly ownerId: string | undefined; readonly control: Control }[];
}

function collectControl(element: TreeElement, around: Around, found: Found): void {
  const own = sectionsOf(element);
  const surroundings = own.length === 0 ? around : { ...around, sections: [...around.sections, ...own] };
  for (const control of readControl(element, surroundings)) found.controls.push({ owner: around.form, ownerId: attributeOf(element, 'form'), control });
}

function collectChildren(element: TreeElement, around: Around, found: Found): void {
  const inner = aroundChildren(element, around);
  const legend = firstLegend(element);
  if (element.tagName === 'form') found.forms.push(element);
  for (const child of nodesIn(element)) collect(child, child === legend ? { ...inner, disabled: around.disabled } : inner, found);
}

function collect(node: TreeNode, around: Around, found: Found): void {
  if (!isTreeElement(node)) for (const child of nodesIn(node)) collect(child, around, found);
  else if (CONTROLS.has(node.tagName)) collectControl(node, around, found);
  else if (!NO_MARKUP.has(node.tagName)) collectChildren(node, around, found);
}

/** Among radios of one name only the last checked one counts. */
function lastRadioOnly(controls: readonly Control[]): Control[] {
  const last = new Map<string, Control>();
  for (const control of controls) if (control.kind === 'radio' && control.chosen) last.set(control.name, control);
  return controls.map((control) =>
    control.kind === 'radio' && control.chosen && last.get(control.name) !== control ? { ...control, chosen: false } : control,
  );
}

/** A form with every control that belongs to it. */
export interface FormControls {
  readonly form: TreeElement;
  readonly controls: readonly Control[];
}

/** Every form of a page with its controls in document order, each with the value that a browser would post for it. */
export function readForms(root: TreeNode): FormControls[] {
  const found: Found = { forms: [], controls: [] };
  collect(root, { form: undefined, disabled: false, sections: [] }, found);
  return found.forms.map((form) => {
    // A control belongs to the form that its `form` attribute names, else to the one around it.
    const own = found.controls.filter(({ owner, ownerId }) => (ownerId === undefined ? owner === form : ownerId !== '' && ownerId === attributeOf(form, 'id')));
    return { form, controls: lastRadioOnly(own.map(({ control }) => control)) };
  });
}
