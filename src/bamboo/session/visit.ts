import { RekeyError } from '../../core/errors.ts';
import type { Http, HttpResponse } from '../../core/ports.ts';
import { bodyKind, textOf } from '../answer.ts';
import { ownTurn } from '../own-turn.ts';
import { type PageDocument, parsePage } from '../page/document.ts';
import { hasLoginForm } from '../page/page-kind.ts';
import type { Site } from '../site.ts';

/** A web page that arrived, after redirects within the origin. */
export interface WebPage {
  readonly status: number;
  readonly url: string;
  readonly document: PageDocument;
}

/** Where a visit ended. `login`: a redirect to the login page, or that page where another one was asked for. */
export type Visit =
  | { readonly kind: 'page'; readonly page: WebPage }
  | { readonly kind: 'login' }
  /** 401, with the page that came with it. */
  | { readonly kind: 'unauthorized'; readonly page: WebPage }
  | { readonly kind: 'away'; readonly origin: string };

/** Who visits, and with which headers. */
export interface Visitor {
  readonly http: Http;
  readonly site: Site;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const MOST_REDIRECTS = 8;

/** Reads an answer as a page. @throws RekeyError ANSWER_NOT_UNDERSTOOD when it is none. */
function asPage(response: HttpResponse, url: string): WebPage {
  const text = textOf(response);
  const kind = bodyKind(response, text);
  if (kind === 'html' || response.status >= 400) return { status: response.status, url, document: parsePage(text) };
  const met = kind === 'other' ? 'something else' : kind.toUpperCase();
  throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${new URL(url).pathname}: the server answered ${response.status} with ${met} instead of a web page.`);
}

async function follow(visitor: Visitor, address: string, login: 'is an answer' | 'is wanted'): Promise<Visit> {
  const { http, site, headers, signal } = visitor;
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await http.send({
      effect: 'read',
      method: 'GET',
      url,
      headers: { Accept: 'text/html', ...headers },
      ...(signal === undefined ? {} : { signal }),
    });
    await ownTurn();
    if (response.status === 401) return { kind: 'unauthorized', page: asPage(response, url) };
    const location = response.status >= 300 && response.status < 400 ? response.headers.location : undefined;
    if (location === undefined) return { kind: 'page', page: asPage(response, url) };
    const next = site.destination(url, location);
    if (next.kind === 'away') return next;
    if (next.kind === 'login' && login === 'is an answer') return { kind: 'login' };
    url = next.url;
  }
  throw new RekeyError('REDIRECTED_AWAY', `${new URL(address).pathname}: the server redirects in a circle.`);
}

/** GETs a page and follows redirects by hand, only within the configured origin. */
export async function visit(visitor: Visitor, address: string): Promise<Visit> {
  const found = await follow(visitor, address, 'is an answer');
  return found.kind === 'page' && found.page.status < 400 && isLoginPage(found.page.document) ? { kind: 'login' } : found;
}

/** GETs the login page itself. */
export function visitLogin(visitor: Visitor, address: string): Promise<Visit> {
  return follow(visitor, address, 'is wanted');
}

/** A page with the login form and without an edit form. The text is looked at first: most pages are not searched at all. */
function isLoginPage(page: PageDocument): boolean {
  return /os_password|loginForm/.test(page.html) && page.$('[name=selectedRepository]').length === 0 && hasLoginForm(page);
}
