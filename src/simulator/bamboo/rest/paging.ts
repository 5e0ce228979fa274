import type { Request } from 'express';
import type { BambooContext } from '../context.ts';
import { numberIn } from './answers.ts';

const DEFAULT_PAGE = 25;

/** One page of the old kind: `start-index`, `max-result` and a `size` that need not be true. */
export interface OldPage<T> {
  readonly rows: readonly T[];
  readonly head: Readonly<Record<string, number>>;
}

/** Cuts a page of the old kind out of a list. Plans are asked for with `max-results`, all else with `max-result` [P]. */
export function oldPage<T>(context: BambooContext, request: Request, all: readonly T[]): OldPage<T> {
  const start = numberIn(request, 'start-index', 0);
  const asked = numberIn(request, 'max-result', numberIn(request, 'max-results', DEFAULT_PAGE));
  const most = Math.min(asked, context.traits.pageLimit);
  const rows = all.slice(start, start + most);
  const names = context.traits.spelling === 'hyphen' ? (['start-index', 'max-result'] as const) : (['startIndex', 'maxResult'] as const);
  return { rows, head: { size: context.traits.size === 'lies' ? 1 : rows.length, [names[0]]: start, [names[1]]: most } };
}

/** One page of the new kind; `next` is where the following one starts, and absent on the last. */
export function newPage<T>(context: BambooContext, request: Request, all: readonly T[]): Record<string, unknown> {
  const start = numberIn(request, 'start', 0);
  const limit = Math.min(numberIn(request, 'limit', DEFAULT_PAGE), context.traits.pageLimit);
  const results = all.slice(start, start + limit);
  const hasMore = start + limit < all.length;
  return { start, limit, size: context.traits.size === 'lies' ? 1 : results.length, results, ...(hasMore ? { next: start + limit } : {}) };
}
