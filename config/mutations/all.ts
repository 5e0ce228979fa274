import { DISK } from './disk.ts';
import type { Mutation } from './mutation.ts';
import { RUNS } from './runs.ts';
import { SECRETS } from './secrets.ts';
import { WIRE } from './wire.ts';
import { WRITES } from './writes.ts';

/** Every protection that is taken out by turns. */
export const MUTATIONS: readonly Mutation[] = [...WRITES, ...RUNS, ...DISK, ...WIRE, ...SECRETS];

/** The text of a file without the protection; undefined unless it stands there exactly once. */
export function mutated({ text, instead }: Pick<Mutation, 'text' | 'instead'>, original: string): string | undefined {
  const [before, after, ...more] = original.split(text);
  return before === undefined || after === undefined || more.length > 0 ? undefined : `${before}${instead}${after}`;
}
