import { z } from 'zod';
import { ImportRefused } from './import-refused.ts';

/** A part of a document as its schema has it; refused with all that is wrong. */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new ImportRefused(z.prettifyError(result.error));
  return result.data;
}
