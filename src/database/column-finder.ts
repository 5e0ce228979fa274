/** Finds fields of a row by the name of their column. */
export class ColumnFinder {
  readonly #places: ReadonlyMap<string, number>;

  /** @param header lower-case names */
  constructor(header: readonly string[]) {
    this.#places = new Map(header.map((name, place) => [name, place]));
  }

  /** Which of these columns the file lacks. */
  missing(names: readonly string[]): string[] {
    return names.filter((name) => !this.#places.has(name));
  }

  /** The trimmed text; empty where the column is not there. */
  text(fields: readonly string[], name: string): string {
    const place = this.#places.get(name);
    return place === undefined ? '' : (fields[place] ?? '').trim();
  }
}
