import { alike, type Control, type Section } from '../page/control.ts';

/** Whether a control is in use: every section around it is shown. `unknown`: a section depends on a control that the page does not have. */
export type Liveness = 'live' | 'hidden' | 'unknown';

/** What the page's own script would show, evaluated with the controls' current values. */
export interface Sections {
  /** `but`: sections that depend on these controls are left out of the question. */
  liveness(control: Control, but?: readonly Control[]): Liveness;
  /** The controls that a section depends on. */
  masters(section: Section): readonly Control[];
}

function currentValues(masters: readonly Control[]): string[] {
  const values = masters.filter((master) => master.chosen && master.kind !== 'button').map((master) => alike(master.value));
  const boxOff = masters.some((master) => master.kind === 'checkbox' && !master.chosen);
  return boxOff ? [...values, 'false'] : values;
}

function worst(all: readonly Liveness[]): Liveness {
  if (all.includes('hidden')) return 'hidden';
  return all.includes('unknown') ? 'unknown' : 'live';
}

/** A control with its name and id as references write them. */
interface Referable {
  readonly control: Control;
  readonly name: string;
  readonly id: string;
}

/** What the ids of a form put before the names: its own id by default [D]. Each button of a radio group has an id of its own, and none the group's. */
function idPrefixes(referables: readonly Referable[]): string[] {
  const prefixes = referables.filter(({ name, id }) => name !== '' && id.endsWith(`_${name}`)).map(({ name, id }) => id.slice(0, -name.length));
  return [...new Set(prefixes)];
}

/** Prepares the section logic of one form. */
export function createSections(controls: readonly Control[]): Sections {
  const byReference = new Map<string, Set<Control>>();
  const referables = controls.map((control): Referable => ({ control, name: alike(control.name), id: alike(control.id) }));
  const prefixes = idPrefixes(referables);
  for (const { control, name, id } of referables) {
    const prefixed = name === '' ? [] : prefixes.map((prefix) => `${prefix}${name}`);
    for (const reference of new Set([name, id, ...prefixed])) {
      if (reference !== '') byReference.set(reference, (byReference.get(reference) ?? new Set()).add(control));
    }
  }
  const masters = (section: Section): readonly Control[] => [...(byReference.get(section.dependsOn) ?? [])];

  function shown(section: Section, asking: readonly Section[]): Liveness {
    const on = masters(section);
    if (on.length === 0) return 'unknown';
    if (!currentValues(on).some((value) => section.showOn.includes(value))) return 'hidden';
    // A choice that is itself out of use decides nothing.
    return worst(on.map((master) => inside(master, [...asking, section], [])));
  }

  function inside(control: Control, asking: readonly Section[], but: readonly Control[]): Liveness {
    const around = control.sections.filter((section) => !asking.includes(section) && !masters(section).some((master) => but.includes(master)));
    return worst(around.map((section) => shown(section, asking)));
  }

  return { masters, liveness: (control, but = []) => inside(control, [], but) };
}
