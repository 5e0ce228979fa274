import { z } from 'zod';
import type { HttpResponse } from '../core/ports.ts';
import { refusal, type TokenRefusal } from '../core/token-cause.ts';
import { parseJson, readErrorAnswer } from './error-answer.ts';
import { strangeSuccess } from './refusals.ts';

/** A last page may name no next one in several ways. */
const Page = z.object({ values: z.array(z.unknown()), next: z.string().nullish() });

/** One page of a list. */
export interface ListPage<T> {
  readonly kind: 'page';
  readonly entries: readonly T[];
  /** Address of the next page, where there is one. */
  readonly next?: string;
}

/** Reads a page. An entry that `entry` does not take makes the whole page one that is not understood: a list is never silently short. */
export function readPage<T>(response: HttpResponse, entry: z.ZodType<T>): ListPage<T> | TokenRefusal {
  const page = Page.safeParse(parseJson(Buffer.from(response.body).toString('utf8'))).data;
  const entries = z.array(entry).safeParse(page?.values).data;
  if (page === undefined || entries === undefined) return strangeSuccess(response, readErrorAnswer(response), 'list of Bitbucket');
  return { kind: 'page', entries, ...(page.next ? { next: page.next } : {}) };
}

/** Bitbucket's own `next`, on the configured address: a token goes to no other host. */
export function nextAddress(next: string, from: string): string | TokenRefusal {
  if (!URL.canParse(next, from)) return refusal('not-understood', 'Bitbucket names a next page that is no address.');
  const [to, own] = [new URL(next, from), new URL(from)];
  if (to.host !== own.host) return refusal('redirected', `${own.host} names a next page on ${to.host}, which is not asked.`);
  return `${own.origin}${to.pathname}${to.search}`;
}
