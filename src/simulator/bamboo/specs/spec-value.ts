/** The key under which a mapping keeps the Java class of its tag. */
export const CLASS = Symbol('class');

/** One value of a Specs document. Scalars are the text that stands there: which type it has is for the reader to say, as in Java. */
export type SpecValue = string | number | boolean | null | readonly SpecValue[] | SpecMap;

/** A mapping, with its class where it is tagged. */
export interface SpecMap {
  readonly [CLASS]?: string;
  readonly [key: string]: SpecValue;
}

/** A mapping of a class. */
export function tagged(className: string, entries: Readonly<Record<string, SpecValue>>): SpecMap {
  return { [CLASS]: className, ...entries };
}

/** Whether a value is a mapping. */
export function isSpecMap(value: unknown): value is SpecMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The class of a value; empty for one without. */
export function classOf(value: unknown): string {
  return isSpecMap(value) ? (value[CLASS] ?? '') : '';
}

/** A value as one line of text, classes included. */
export function packed(value: SpecValue): string {
  return JSON.stringify(value, (_key, each: SpecValue) => (isSpecMap(each) && each[CLASS] !== undefined ? { $class: each[CLASS], ...each } : each));
}

/** The value that `packed` has made a text of. */
export function unpacked(text: string): SpecValue {
  return JSON.parse(text, (_key, each: unknown) => {
    if (!isSpecMap(each) || typeof each.$class !== 'string') return each;
    const { $class, ...entries } = each;
    return tagged($class, entries);
  }) as SpecValue;
}
