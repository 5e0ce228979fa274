import type { Settings } from './definition.ts';

/** The settings of one repository type, found by what the key ends in after the type's prefix, in any case. */
export class FamilySettings {
  readonly #values = new Map<string, string>();
  readonly #secrets = new Set<string>();
  /** Keys that this version does not know, as they stand. */
  readonly unknownKeys: string[] = [];

  /** @param known endings that this version understands, without dots and in lower case */
  constructor(settings: Settings, prefix: RegExp, known: ReadonlySet<string>) {
    const endingOf = (key: string) => {
      const ending = prefix.exec(key)?.[1]?.toLowerCase().replace(/[._-]/g, '');
      if (ending === undefined || !known.has(ending)) this.unknownKeys.push(key);
      return ending;
    };
    for (const [key, value] of settings.values) this.#keep(endingOf(key), value);
    for (const key of settings.secrets) this.#secrets.add(endingOf(key) ?? key);
  }

  /** The value of the first of these endings that holds something; empty where none does. */
  get(...endings: readonly string[]): string {
    return endings.map((ending) => this.#values.get(ending) ?? '').find((value) => value !== '') ?? '';
  }

  /** Whether a secret stands under such an ending. */
  hasSecret(ending: RegExp): boolean {
    return [...this.#secrets].some((name) => ending.test(name));
  }

  #keep(ending: string | undefined, value: string): void {
    if (ending !== undefined && this.get(ending) === '') this.#values.set(ending, value);
  }
}

/** Settings of the legacy layout `configuration/repository/<type>/…` [T]: the path reads like the key of the new layout. */
export function legacySettings(elements: Settings): Settings {
  const values = new Map<string, string>();
  for (const [path, value] of elements.values) {
    const key = legacyKey(path);
    if (key !== undefined) values.set(key, value);
  }
  return { values, secrets: new Set([...elements.secrets].flatMap((path) => legacyKey(path) ?? [])) };
}

function legacyKey(path: string): string | undefined {
  return /(?:^|\.)configuration\.(repository\..+)$/.exec(path)?.[1];
}
