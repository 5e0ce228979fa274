/** What kind of control it is, as far as posting goes. */
export type ControlKind = 'text' | 'textarea' | 'hidden' | 'password' | 'checkbox' | 'radio' | 'select' | 'file' | 'button';

/** A `dependsOnX showOnY` section around a control; names and values with every odd sign as `_` [D]. */
export interface Section {
  readonly dependsOn: string;
  readonly showOn: readonly string[];
}

/** One control of a form with one value. A select of several has one entry per chosen option. */
export interface Control {
  readonly name: string;
  readonly id: string;
  readonly kind: ControlKind;
  readonly value: string;
  /** Checked, selected, or of a kind that always has a value. */
  readonly chosen: boolean;
  readonly disabled: boolean;
  /** Text of the chosen option. */
  readonly label: string;
  readonly sections: readonly Section[];
}

/** Whether a browser would post it. Buttons only when they are clicked. */
export function isPosted(control: Control): boolean {
  return control.name !== '' && control.chosen && !control.disabled;
}

/** Names in classes write `_` for `.`, and ids do, too: compare both alike. */
export function alike(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '_');
}
