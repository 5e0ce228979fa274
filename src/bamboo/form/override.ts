import type { Control } from '../page/control.ts';

/**
 * Whether a branch's form holds a repository of its own: its box `overrideRepository` decides [D, 5.8]. A form whose box is off shows what the
 * branch inherits, and posting it would make an override. `untold`: a later form may have no such box [I].
 */
export function readOverride(controls: readonly Control[]): 'on' | 'off' | 'untold' {
  const box = controls.find((control) => control.name === 'overrideRepository' && control.kind !== 'button');
  if (box === undefined) return 'untold';
  return box.chosen && box.value !== 'false' ? 'on' : 'off';
}
