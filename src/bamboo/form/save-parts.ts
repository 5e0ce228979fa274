import type { Pair } from '../../core/ports.ts';
import { type Control, isPosted } from '../page/control.ts';
import type { Part } from './multipart.ts';
import type { CredentialControls } from './repository-form.ts';
import { OWN_FIELDS } from './settings.ts';

/** The button that a person would click: `save` has a hidden duplicate `…_defaultSave` [D]. */
function saveButton(controls: readonly Control[]): Control | undefined {
  const buttons = controls.filter((control) => control.kind === 'button' && control.name === 'save');
  return buttons.find((button) => !button.id.endsWith('_defaultSave')) ?? buttons[0];
}

function partFor(control: Control, credential: CredentialControls, pair: Pair): Part {
  if (control === credential.username) return { kind: 'field', name: control.name, value: pair.username };
  if (control === credential.secret) return { kind: 'field', name: control.name, value: pair.secret };
  // The stored secret is replaced only when the change flag is true [D].
  if (control === credential.flag) return { kind: 'field', name: control.name, value: 'true' };
  return control.kind === 'file' ? { kind: 'file', name: control.name } : { kind: 'field', name: control.name, value: control.value };
}

/** What a browser would post on clicking `save` with the credential changed: every successful control in document order. */
export function saveParts(controls: readonly Control[], credential: CredentialControls, pair: Pair): Part[] {
  const clicked = saveButton(controls);
  const parts = controls
    .filter((control) => (isPosted(control) && !OWN_FIELDS.has(control.name)) || control === credential.flag || control === clicked)
    .map((control) => partFor(control, credential, pair));
  return [...parts, ...[...OWN_FIELDS].map(([name, value]): Part => ({ kind: 'field', name, value }))];
}
