import type { BambooModel } from '../model.ts';
import type { Traits } from '../traits.ts';
import { packed, type SpecMap, type SpecValue, unpacked } from './spec-value.ts';

/** Settings that no form shows and only documents carry have names that begin so. */
export const SPECS_ONLY = 'specs.';

/** Keys that no known version has, and what they are when a document leaves them out. */
const LATER_KEYS: Readonly<Record<string, SpecValue>> = {
  cloneDepth: '0',
  partialClone: { enabled: false, filter: null },
};

/** Whether a server with later keys knows this one. */
export function isLaterKey(traits: Traits, key: string): boolean {
  return traits.laterKeys && Object.hasOwn(LATER_KEYS, key);
}

/** The settings that later keys of a document stand for. */
export function readLaterKeys(traits: Traits, entity: SpecMap): Record<string, string> {
  if (!traits.laterKeys) return {};
  const entries = Object.entries(LATER_KEYS).map(([key, initial]) => [SPECS_ONLY + key, packed(entity[key] ?? initial)]);
  return Object.fromEntries(entries);
}

/** Later keys for an export. */
export function writeLaterKeys(traits: Traits, settings: Readonly<Record<string, string>>): Record<string, SpecValue> {
  if (!traits.laterKeys) return {};
  const entries = Object.entries(LATER_KEYS).map(([key, initial]) => [
    key,
    settings[SPECS_ONLY + key] === undefined ? initial : unpacked(settings[SPECS_ONLY + key] ?? ''),
  ]);
  return Object.fromEntries(entries);
}

/** Gives every repository values off the defaults, so that a lost one shows. */
export function seedLaterKeys(model: BambooModel): void {
  for (const [index, repository] of [...model.repositories.values()].entries()) {
    const own = { cloneDepth: String(50 + index), partialClone: { enabled: 'true', filter: `blob:limit=${index}k` } };
    const entries = Object.entries(own).map(([key, value]) => [SPECS_ONLY + key, packed(value)]);
    repository.settings = { ...repository.settings, ...Object.fromEntries(entries) };
  }
}
