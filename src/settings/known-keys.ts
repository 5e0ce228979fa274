import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { Config } from '../core/config.ts';

/** As much of JSON Schema as the settings use. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The keys that may stand at a path of the settings. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  const at = path.reduce<readonly Schema[]>(
    (schemas, segment) => alternatives(schemas).flatMap((schema) => step(schema, segment)),
    [z.toJSONSchema(Config, { io: 'input' }) as Schema],
  );
  return [...new Set(alternatives(at).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function alternatives(schemas: readonly Schema[]): Schema[] {
  return schemas.flatMap((schema) => [schema, ...alternatives(schema.anyOf ?? [])]);
}

function step(schema: Schema, segment: PropertyKey): Schema[] {
  const next = typeof segment === 'number' ? schema.items : (schema.properties?.[String(segment)] ?? schema.additionalProperties);
  return typeof next === 'object' ? [next] : [];
}

/** So near is a slip of the fingers. */
const SLIP = 3;

/** Says that a key is not known, with the nearest that is. A key that may be a secret in the wrong place (`token: { hunter2 }`) is not repeated. */
export function unknownKeyMessage(key: string, hasValue: boolean, known: readonly string[]): string {
  if (known.includes(key)) return `"${key}" does not go together with the other keys here`;
  const nearest = known.length === 0 ? undefined : closest(key, known);
  const isSlip = nearest !== undefined && distance(key, nearest) <= SLIP;
  const isWord = hasValue && /^[A-Za-z][\w.-]{0,39}$/.test(key) && !/^AT(AT|BB|CT)/.test(key);
  const shown = isSlip || isWord ? `unknown key "${key}"` : 'unknown key (not repeated here)';
  return nearest === undefined ? shown : `${shown}; did you mean "${nearest}"?`;
}
