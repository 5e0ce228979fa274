import type { Setting } from '../../core/object-state.ts';
import { type Control, isPosted } from '../page/control.ts';

/** What a write sets itself, whatever the form holds [D]. */
export const OWN_FIELDS: ReadonlyMap<string, string> = new Map([
  ['bamboo.successReturnMode', 'json'],
  ['decorator', 'nothing'],
  ['confirm', 'true'],
]);

const SECRET_NAME = /(^|[._])(password|passphrase|ssh_?key|private_?key|secret)$/i;
const SECRET_VALUE = /^\s*BAMSCRT@|PRIVATE KEY/;

/** An address may carry a password, or a token in place of a user name; where it leads is kept. */
function withoutLogin(value: string): string {
  return value.replace(/:\/\/[^/?#\s]*@/g, '://[login]@').replace(/(:\/\/[^/?#\s:@]*):\S*@/g, '$1:[login]@');
}

/** Whether a name is one of a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether a control may hold a secret: such values are posted back, but never kept or shown. */
function mayHoldSecret(control: Control): boolean {
  if (control.kind === 'password' || SECRET_VALUE.test(control.value)) return true;
  return ['text', 'textarea', 'hidden'].includes(control.kind) && isSecretName(control.name);
}

/** The non-secret settings: what a write sends back unchanged. `credential` are the controls that a write changes. */
export function readSettings(controls: readonly Control[], credential: readonly Control[]): Setting[] {
  const changing = new Set(credential.map((control) => control.name));
  return controls
    .filter((control) => isPosted(control) && control.kind !== 'button' && control.name !== 'atl_token' && !OWN_FIELDS.has(control.name))
    .filter((control) => !changing.has(control.name) && !mayHoldSecret(control))
    .filter((control) => !(control.name === 'checkBoxFields' && changing.has(control.value)))
    .map((control): Setting => [control.name, withoutLogin(control.value)]);
}

/** The name of a control whose value the server would trim, and so change, when it is posted back [D]. */
export function trimmedBySave(controls: readonly Control[], credential: readonly Control[]): string | undefined {
  const kept = controls.filter((control) => isPosted(control) && control.kind !== 'button' && !credential.includes(control));
  return kept.find((control) => control.value !== control.value.trim())?.name;
}
