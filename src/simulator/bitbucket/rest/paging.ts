import type { Caller } from '../caller.ts';
import { failed, found, type RestAnswer } from './answer.ts';

/** Which page is asked for, and the absolute address that `next` is built on. */
export interface Page {
  number: number;
  length: number;
  address: string;
}

const DEFAULT_LENGTH = 10;
const LONGEST = 100;

/** Reads `page` and `pagelen`; the default page is small, so a client must follow `next`. */
export function pageFrom(query: { page?: unknown; pagelen?: unknown }, address: string): Page {
  return { number: Number(query.page ?? 1), length: Number(query.pagelen ?? DEFAULT_LENGTH), address };
}

/** One page of a listing, with `next` unless it is the last. */
export function paged<Item>(caller: Caller, page: Page, items: Item[], describe: (item: Item) => object): RestAnswer {
  if (!isWhole(page.number, Infinity)) return failed(404, 'Invalid page', { caller });
  if (!isWhole(page.length, LONGEST)) return failed(400, 'Invalid pagelen', { caller });
  const start = (page.number - 1) * page.length;
  const values = items.slice(start, start + page.length).map(describe);
  const more = start + page.length < items.length;
  const next = `${page.address}?pagelen=${page.length}&page=${page.number + 1}`;
  return found(caller, { pagelen: page.length, size: items.length, page: page.number, values, ...(more ? { next } : {}) });
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
