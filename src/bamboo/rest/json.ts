import { isSafeNumber, parse } from 'lossless-json';
import { z } from 'zod';

/** Numbers that JavaScript cannot hold exactly stay text: ids may be above 2^53. */
function exactNumber(text: string): number | string {
  return isSafeNumber(text) ? Number(text) : text;
}

/** Reads JSON without rounding; undefined when the text is not JSON. `__proto__` becomes a plain own key. */
export function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, exactNumber);
  } catch {
    return undefined;
  }
}

/** An id or key, which arrives as number or string [T]; kept as text. */
export const Id = z.union([z.string(), z.number()]).transform(String);

/** A count; one that cannot be read is no count. */
export const Count = z.coerce.number().int().nonnegative().catch(0);
