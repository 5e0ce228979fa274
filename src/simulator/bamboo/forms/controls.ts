/** One choice of a select or of radio buttons. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Named {
  readonly name: string;
  readonly label: string;
}

/** One thing in a form. The name of a control is the name of the setting that it shows, but for secrets. */
export type Control =
  | (Named & { readonly kind: 'text' | 'textarea' | 'checkbox'; readonly initial?: string; readonly required?: boolean })
  | (Named & { readonly kind: 'select' | 'radio'; readonly choices: readonly Choice[] })
  /** A select that carries only the option in force: a script would load the others. */
  | (Named & { readonly kind: 'loaded-select'; readonly required?: boolean; readonly loads: 'repositories' | 'credentials' | 'branches' })
  /** A select of several options: each chosen one is posted under the same name. */
  | (Named & { readonly kind: 'multiple-select'; readonly choices: readonly Choice[] })
  /** Shown, but not for changing: a browser does not post it. */
  | (Named & { readonly kind: 'disabled-select'; readonly choices: readonly Choice[] })
  /** The stored secret is replaced only when the flag is true [D]. */
  | (Named & { readonly kind: 'secret'; readonly flag: string; readonly setting: string; readonly multiline?: boolean })
  /** Looks like a secret of this form; the server does not know it. */
  | (Named & { readonly kind: 'foreign-secret'; readonly flag: string })
  | { readonly kind: 'section'; readonly legend: string; readonly dependsOn?: string; readonly showOn?: string; readonly controls: readonly Control[] }
  | { readonly kind: 'button'; readonly id: string; readonly label: string };

/** A control that holds a setting and is posted. */
export type ValueControl = Exclude<Control, { kind: 'section' | 'button' | 'secret' | 'foreign-secret' }>;

/** A text input. */
export function text(name: string, label: string, initial = ''): Control {
  return { kind: 'text', name, label, initial };
}

/** A checkbox, off unless told otherwise. */
export function checkbox(name: string, label: string, initial: 'true' | 'false' = 'false'): Control {
  return { kind: 'checkbox', name, label, initial };
}

/** A select, or radio buttons where the server likes those better. */
export function choice(kind: 'select' | 'radio', name: string, label: string, values: Readonly<Record<string, string>>): Control {
  return { kind, name, label, choices: Object.entries(values).map(([value, shown]) => ({ value, label: shown })) };
}

/** Controls that are shown only while another control has this value; hidden ones are still posted [D]. */
export function sectionOn(dependsOn: string, showOn: string, controls: readonly Control[], legend = ''): Control {
  return { kind: 'section', legend, dependsOn, showOn, controls };
}

/** Controls under one heading. */
export function section(legend: string, controls: readonly Control[]): Control {
  return { kind: 'section', legend, controls };
}

/** Every control, sections opened, in document order. */
export function flatten(controls: readonly Control[]): Exclude<Control, { kind: 'section' }>[] {
  return controls.flatMap((control) => (control.kind === 'section' ? flatten(control.controls) : [control]));
}

/** The settings of a repository that nobody has touched. */
export function initialSettings(controls: readonly Control[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const control of flatten(controls)) {
    if (control.kind === 'button' || control.kind === 'secret' || control.kind === 'foreign-secret') continue;
    values[control.name] = initialValue(control);
  }
  return values;
}

function initialValue(control: ValueControl): string {
  if (control.kind === 'select' || control.kind === 'radio') return control.choices[0]?.value ?? '';
  return 'initial' in control ? (control.initial ?? '') : '';
}
