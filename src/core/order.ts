import { Level, type Place } from './model.ts';

/** Compares by code unit: the same on every machine, whatever its language. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Read once: sorting 100,000 items asks for it millions of times. */
const LEVELS = Level.options;

/** Order of everything that is listed: level, project, plan, name, id. */
export function comparePlaces(one: Place, other: Place): number {
  return (
    LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
    compareText(one.project ?? '', other.project ?? '') ||
    compareText(one.plan ?? '', other.plan ?? '') ||
    compareText(one.name, other.name) ||
    compareIds(one.id, other.id) ||
    compareText(one.object, other.object)
  );
}

/** Ids stay strings, also above 2^53; digits are ordered as the numbers they write. */
function compareIds(one: string, other: string): number {
  const numbers = /^\d+$/;
  if (numbers.test(one) && numbers.test(other)) return one.length - other.length || compareText(one, other);
  return compareText(one, other);
}
