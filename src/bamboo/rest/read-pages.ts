import { endsEverything, RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Unread } from '../../core/inventory.ts';
import type { Listing } from '../../core/ports.ts';

/** More pages than any server has; ends a paging that brings new ids for ever. */
const MOST_PAGES = 2_000;

/** One kind of list: how a page is asked for and how a row is read. */
export interface PagedList<Entry> {
  readonly what: string;
  /** The raw rows from that start on. */
  page(start: number): Promise<readonly unknown[]>;
  /** Undefined when the row is not understood. */
  entry(row: unknown): { readonly id: string; readonly entry: Entry } | undefined;
}

/** Failures that concern the whole run are thrown; everything else only shortens the list. */
export function shortens(thrown: unknown, what: string): Unread {
  const error = toRekeyError(thrown);
  if (endsEverything(error) || error.code === 'INTERRUPTED' || error.code === 'INTERNAL') throw error;
  return { what, why: `${error.message} ${error.remedy}` };
}

/** Takes the rows in; tells how many ids were not seen before. */
function take<Entry>(list: PagedList<Entry>, rows: readonly unknown[], seen: Map<string, Entry>): { readonly fresh: number; readonly strange: number } {
  const before = seen.size;
  const read = rows.map((row) => list.entry(row));
  for (const found of read) if (found !== undefined && !seen.has(found.id)) seen.set(found.id, found.entry);
  return { fresh: seen.size - before, strange: read.filter((found) => found === undefined).length };
}

/**
 * Pages until a page brings no unseen id: `size` lies, and limits are cut without a word [T]. A page that fails keeps
 * what was read, and the rest stands in `unread`.
 */
export async function readPages<Entry>(list: PagedList<Entry>): Promise<Listing<Entry>> {
  const seen = new Map<string, Entry>();
  const unread: Unread[] = [];
  let start = 0;
  let strange = 0;
  try {
    for (let pages = 0; ; pages++) {
      if (pages === MOST_PAGES) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `The list did not end after ${MOST_PAGES} pages.`);
      const rows = await list.page(start);
      const taken = take(list, rows, seen);
      strange = Math.max(strange, taken.strange);
      if (taken.fresh === 0) break;
      start += rows.length;
    }
  } catch (thrown) {
    unread.push(shortens(thrown, seen.size === 0 ? list.what : `${list.what}, after the first ${seen.size}`));
  }
  if (strange > 0) unread.push({ what: list.what, why: `At least ${strange} entries have no id or name and were not understood.` });
  return { entries: [...seen.values()], unread };
}
