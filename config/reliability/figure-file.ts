import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROMISES, type PromiseName } from './promises.ts';

const PromiseWord = z.enum(Object.keys(PROMISES) as [PromiseName, ...PromiseName[]]);

/** One row of figures: what one suite did, summed up over the run. */
export const Row = z.strictObject({
  suite: z.string(),
  what: z.string(),
  promises: z.array(PromiseWord).min(1),
  count: z.number().nonnegative(),
  varies: z.literal(true).optional(),
  seeds: z.array(z.number()).optional(),
});
export type Row = z.infer<typeof Row>;

/** Everything that one run measured, and when. */
export const Column = z.strictObject({ date: z.iso.date(), commit: z.string(), node: z.string(), rows: z.array(Row) });
export type Column = z.infer<typeof Column>;

/** What is committed: the newest figures of CI, and those of `npm run soak`. A run that never was is absent. */
export const FigureFile = z.strictObject({ ci: Column.optional(), soak: Column.optional() });
export type FigureFile = z.infer<typeof FigureFile>;
/** The runs that are told apart. */
export type ColumnName = keyof FigureFile;

const Noted = z.strictObject({
  suite: z.string(),
  promises: z.array(PromiseWord).min(1),
  what: z.string(),
  count: z.number().nonnegative(),
  varies: z.literal(true).optional(),
  seed: z.number().optional(),
});
type Noted = z.infer<typeof Noted>;

/** The key of a row: where a figure was noted, and of what. */
export function rowKey({ suite, what }: Pick<Row, 'suite' | 'what'>): string {
  return `${suite}: ${what}`;
}

/** Reads everything that the suites of one run noted in a folder, summed up and sorted. */
export async function readNoted(folder: string): Promise<Row[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return sumUp(texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => Noted.parse(JSON.parse(line))));
}

/** Adds up what was noted in parts. */
function sumUp(noted: readonly Noted[]): Row[] {
  const groups = new Map<string, Noted[]>();
  for (const each of noted) groups.set(rowKey(each), [...(groups.get(rowKey(each)) ?? []), each]);
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, parts]): Row => {
      const [first] = parts as [Noted];
      const seeds = [...new Set(parts.flatMap(({ seed }) => seed ?? []))].sort((one, other) => one - other);
      return {
        suite: first.suite,
        what: first.what,
        promises: [...new Set(parts.flatMap(({ promises }) => promises))],
        count: parts.reduce((sum, { count }) => sum + count, 0),
        ...(parts.some(({ varies }) => varies) ? { varies: true as const } : {}),
        ...(seeds.length > 0 ? { seeds } : {}),
      };
    });
}

/** What a run shows less of than the committed figures say, or otherwise: one sentence each. */
export function differences(committed: readonly Row[], measured: readonly Row[]): string[] {
  const found = new Map(measured.map((row) => [rowKey(row), row]));
  const known = new Set(committed.map(rowKey));
  const less = committed.flatMap((row) => {
    const now = found.get(rowKey(row));
    const least = row.varies ? row.count / 2 : row.count;
    if (now === undefined) return [`${rowKey(row)}: the page says ${row.count}, and this run tells nothing of it`];
    if (now.promises.join() !== row.promises.join()) return [`${rowKey(row)}: it now belongs to ${now.promises.join(', ')}`];
    return now.count < least ? [`${rowKey(row)}: the page says ${row.count}, and this run counts ${now.count}`] : [];
  });
  return [...less, ...measured.filter((row) => !known.has(rowKey(row))).map((row) => `${rowKey(row)}: the page does not tell of it`)];
}
