/** Finds again what was put in under a name. */
export interface NameTable<Value> {
  get(name: string): Value | undefined;
  /** Puts in what stands under a new name. */
  add(name: string, value: Value): void;
}

/**
 * Makes an empty table. In a map of 10,000 names the names themselves lie far apart, and every look-up, in vain or not, waits for memory until it has seen
 * several of them. Here a number made of the name is looked up, so that only the name that is there is compared. Where two names give the same number,
 * the later one stands at the next that is free.
 */
export function createNameTable<Value>(): NameTable<Value> {
  const rows = new Map<number, number>();
  const names: string[] = [];
  const values: Value[] = [];
  return {
    get: (name) => {
      for (let number = numberOf(name); ; number++) {
        const row = rows.get(number);
        if (row === undefined) return undefined;
        if (names[row] === name) return values[row];
      }
    },
    add: (name, value) => {
      let number = numberOf(name);
      while (rows.has(number)) number++;
      rows.set(number, names.length);
      names.push(name);
      values.push(value);
    },
  };
}

/** The hash FNV-1a, and of its 32 bits the 30 that V8 holds as a plain number however far it is counted on. */
function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 2;
}
