import { z } from 'zod';
import { secondsOf } from './duration.ts';

/** A text; nothing, or null, is an empty one. */
export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** A truth value as YAML 1.1 writes it. */
export function flag(initial = false) {
  return z
    .string()
    .regex(/^(true|false|yes|no|on|off)$/i, 'must be true or false')
    .nullish()
    .transform((text) => String(text == null ? initial : /^(true|yes|on)$/i.test(text)));
}

/** A length of time, in seconds. */
export function seconds(initial: number) {
  return z
    .string()
    .nullish()
    .transform((text, context) => {
      const read = text == null ? initial : secondsOf(text);
      if (read === null) context.addIssue('cannot be parsed to a Duration');
      return read ?? initial;
    });
}

/** A whole number as text. */
export function count(initial: string) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a number')
    .nullish()
    .transform((text) => text ?? initial);
}

/** A text without the characters that names and descriptions may not hold [A]. */
function allowedText(what: string) {
  return z.string().regex(/^[^"&'<>\\]*$/, `${what}: must not contain any of " & ' < > \\`);
}

/** A name that is there. */
export const Name = allowedText('name').refine((name) => name.trim() !== '', 'name: must not be blank');

/** A description. */
export const Description = allowedText('description')
  .nullish()
  .transform((text) => text ?? '');

/** A text that must say something; where it is left out there may be one to fall back on. */
export function filled(what: string, initial = '') {
  return z
    .string()
    .nullish()
    .transform((text) => text ?? initial)
    .refine((text) => text.trim() !== '', `${what}: must not be blank`);
}

/** The identity that Bamboo gives to an entity. */
export const Oid = z
  .strictObject({ oid: z.string() })
  .nullish()
  .transform((oid) => oid?.oid ?? null);

/** The project that an entity belongs to; only its key counts. */
export const ProjectKey = z
  .looseObject({ key: z.strictObject({ key: z.string() }) })
  .nullish()
  .transform((project) => project?.key.key ?? null);
