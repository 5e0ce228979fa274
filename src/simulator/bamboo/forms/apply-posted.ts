import type { Repository } from '../model.ts';
import { type Control, flatten, type ValueControl } from './controls.ts';
import type { PostedForm } from './posted-form.ts';

/** A repository's state as one posted form would leave it. */
export interface PostedState {
  readonly settings: Record<string, string>;
  readonly secrets: Record<string, string>;
}

/**
 * Carries a posted form over a repository exactly as the facts say: a text that was not posted is lost, a checkbox named in
 * `checkBoxFields` and not posted becomes false, a secret changes only under its flag.
 */
export function applyPosted(controls: readonly Control[], posted: PostedForm, repository: Pick<Repository, 'settings' | 'secrets'>): PostedState {
  const settings = { ...repository.settings };
  const secrets = { ...repository.secrets };
  const boxes = new Set(posted.all('checkBoxFields'));
  for (const control of flatten(controls)) {
    if (control.kind === 'button' || control.kind === 'foreign-secret') continue;
    if (control.kind === 'secret') applySecret(control, posted, secrets);
    else settings[control.name] = postedValue(control, posted, boxes, settings[control.name] ?? '');
  }
  return { settings, secrets };
}

/** Flag absent: the secret stays, whatever was typed. Flag true: what was typed is stored, nothing typed as an empty secret [D]. */
function applySecret(control: Extract<Control, { kind: 'secret' }>, posted: PostedForm, secrets: Record<string, string>): void {
  if (!posted.all(control.flag).includes('true')) return;
  const typed = posted.text(control.name);
  // Nothing typed where nothing is stored leaves nothing stored: every save of such a form brings the hidden flag.
  if (typed !== '' || Object.hasOwn(secrets, control.setting)) secrets[control.setting] = typed;
}

function postedValue(control: ValueControl, posted: PostedForm, boxes: ReadonlySet<string>, before: string): string {
  switch (control.kind) {
    case 'checkbox':
      if (posted.has(control.name)) return String(posted.all(control.name).includes('true'));
      return boxes.has(control.name) ? 'false' : before;
    case 'disabled-select':
      return posted.has(control.name) ? posted.text(control.name) : before;
    case 'multiple-select':
      return posted.all(control.name).join(',');
    default:
      return posted.text(control.name);
  }
}
