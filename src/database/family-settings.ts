import type { Settings } from './definition.ts';
import { ownCopy } from './slot.ts';

/** Settings of the checkout that both types have: the Git type's keys [T], and the names of Atlassian's Specs library [A]. They hold no credential. */
export const COMMON_ENDINGS = [
  'useshallowclones',
  'usesubmodules',
  'commandtimeout',
  'verboselogs',
  'uselfs',
  'lfsrepository',
  'fetchwholerepository',
  'useremoteagentcache',
  'sshkeyappliestosubmodules',
  'webhookenabled',
] as const;

/** One repository type: the prefix of its keys, and what they end in, without dots and in lower case. */
export class Family {
  readonly #prefix: RegExp;
  readonly #known: ReadonlySet<string>;
  /** Rows repeat the same few keys 100,000 times. */
  readonly #endings = new Map<string, string>();

  constructor(prefix: RegExp, known: readonly string[]) {
    this.#prefix = prefix;
    this.#known = new Set(known);
  }

  /** What a key ends in; undefined for one of another family, and for one that this version does not know. */
  endingOf(key: string): string | undefined {
    const found = this.#endings.get(key);
    if (found !== undefined) return found;
    const ending = this.#prefix.exec(key)?.[1]?.toLowerCase().replace(/[._-]/g, '');
    if (ending === undefined || !this.#known.has(ending)) return undefined;
    this.#endings.set(ownCopy(key), ending);
    return ending;
  }
}

/** The settings of one repository type, found by what the key ends in after the type's prefix, in any case. */
export class FamilySettings {
  readonly #values: [ending: string, value: string][] = [];
  readonly #secrets: string[] = [];
  /** Keys that this version does not know, as they stand. */
  readonly unknownKeys: string[] = [];

  constructor(settings: Settings, family: Family) {
    for (const [key, value] of settings.values) {
      const ending = this.#endingOf(key, family);
      if (ending !== undefined && value !== '') this.#values.push([ending, value]);
    }
    for (const key of settings.secrets) this.#secrets.push(this.#endingOf(key, family) ?? key.toLowerCase());
  }

  /** The first value under one of these endings, as in Atlassian's own query; empty where none holds anything. */
  get(...endings: readonly string[]): string {
    return this.#values.find(([ending]) => endings.includes(ending))?.[1] ?? '';
  }

  /** Whether a secret stands under such an ending. */
  hasSecret(ending: RegExp): boolean {
    return this.#secrets.some((name) => ending.test(name));
  }

  #endingOf(key: string, family: Family): string | undefined {
    const ending = family.endingOf(key);
    if (ending === undefined) this.unknownKeys.push(key);
    return ending;
  }
}

/** Settings of the legacy layout `configuration/repository/<type>/…` [T]: the path reads like the key of the new layout. */
export function legacySettings(elements: Settings): Settings {
  return {
    values: elements.values.flatMap(([path, value]) => legacyKey(path).map((key) => [key, value] as const)),
    secrets: elements.secrets.flatMap(legacyKey),
  };
}

function legacyKey(path: string): string[] {
  const key = /(?:^|\.)configuration\.(repository\..+)$/.exec(path)?.[1];
  return key === undefined ? [] : [key];
}
