import type { Place } from './model.ts';

/** The place of an inventory item, a change or a list row: who it is, without the rest. */
export function placeOf(item: Place): Place {
  const { object, id, level, project, plan, name, oid } = item;
  return {
    object,
    id,
    level,
    ...(project === undefined ? {} : { project }),
    ...(plan === undefined ? {} : { plan }),
    name,
    ...(oid === undefined ? {} : { oid }),
  };
}
