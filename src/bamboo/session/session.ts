import { endsEverything, RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../core/ports.ts';
import type { CredentialGuard } from '../credential-guard.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Site } from '../site.ts';
import { prove } from './door.ts';
import { elevationNeeded, promptsForPassword } from './elevation.ts';
import { refuseProxy, strangerAt } from './elsewhere.ts';
import type { Entrance, Inside } from './entrance.ts';
import { type Visit, type Visitor, visit, type WebPage } from './visit.ts';

/** Bamboo's web pages, for one who is logged in. */
export interface Session {
  /** Goes in where nobody has yet; gives the name of the door. */
  open(): Promise<string>;
  /** GETs a page; a session that was lost is renewed once. @throws RekeyError as the login does, or when the page leads away. */
  page(address: string, signal?: AbortSignal): Promise<WebPage>;
  /** Sends one write and lets its answer be judged; a refused login found there ends the credential. @throws RekeyError as the login does, or when no answer came. */
  write<Answer>(request: Pick<HttpRequest, 'url' | 'headers' | 'body'>, judge: (response: HttpResponse) => Answer): Promise<Answer>;
  /** REST with the rights of the session, for those who have no token. */
  readonly http: Http;
}

/** What the session works with. */
export interface SessionParts {
  readonly http: Http;
  readonly site: Site;
  readonly enter: Entrance;
  readonly guard: CredentialGuard;
  /** Whose login it is, for messages. */
  readonly who: string;
}

/** A page with what was known when it was asked for. */
interface Arrival {
  readonly found: Visit;
  readonly visitor: Visitor;
  readonly inside: Inside;
  readonly elevation: Promise<void> | undefined;
}

/** Whether it is of use to try again: a refusal ends the credential, and a server without a door stays one. */
function isFinal(thrown: unknown): boolean {
  return endsEverything(thrown) || ['LOGIN_UNSUPPORTED', 'LOGIN_MISSING'].includes(toRekeyError(thrown).code);
}

/** Makes a session that logs in on first use; parallel users share one login and one elevation. */
export function createSession(parts: SessionParts): Session {
  return new WebSession(parts);
}

class WebSession implements Session {
  readonly http: Http = { send: (request) => this.#rest(request) };
  readonly #parts: SessionParts;
  #current: Promise<Inside> | undefined;
  #elevation: Promise<void> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async open(): Promise<string> {
    return (await this.#inside()).door;
  }

  async page(address: string, signal?: AbortSignal): Promise<WebPage> {
    const what = new URL(address).pathname;
    const first = await this.#visit(address, signal);
    if (!isPrompt(first.found)) return this.#arrived(first, what);
    await this.#elevate(first);
    const again = await this.#visit(address, signal);
    if (isPrompt(again.found)) throw elevationNeeded(what, 'again after the password was taken');
    return this.#arrived(again, what);
  }

  async write<Answer>(request: Pick<HttpRequest, 'url' | 'headers' | 'body'>, judge: (response: HttpResponse) => Answer): Promise<Answer> {
    const { headers } = await this.#inside();
    const response = await this.#parts.http.send({ effect: 'write', method: 'POST', ...request, headers: { ...request.headers, ...headers } });
    return this.#orEnd(async () => judge(response));
  }

  #inside(): Promise<Inside> {
    this.#parts.guard.check();
    this.#current ??= this.#enter();
    return this.#current;
  }

  #enter(): Promise<Inside> {
    const { http, site, enter } = this.#parts;
    const entering = this.#orEnd(() => enter({ http, site, headers: {} })).catch((thrown: unknown) => {
      if (!isFinal(thrown)) this.#forget(entering);
      throw thrown;
    });
    return entering;
  }

  /** A refusal ends the credential for everybody. */
  async #orEnd<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (thrown) {
      throw endsEverything(thrown) ? this.#parts.guard.end(toRekeyError(thrown)) : thrown;
    }
  }

  #forget(lost: Promise<Inside>): void {
    if (this.#current === lost) this.#current = undefined;
  }

  /** The session has ended: opened again, once, where that can be done without a person. */
  async #renewed(lost: Promise<Inside>, what: string): Promise<Inside> {
    const { whenLost } = await lost;
    if (whenLost !== undefined) return this.#parts.guard.end(whenLost(what));
    this.#forget(lost);
    return this.#inside();
  }

  async #visit(address: string, signal: AbortSignal | undefined): Promise<Arrival> {
    const entering = this.#inside();
    const first = await this.#visitAs(await entering, address, signal);
    if (first.found.kind !== 'login') return first;
    return this.#visitAs(await this.#renewed(entering, new URL(address).pathname), address, signal);
  }

  async #visitAs(inside: Inside, address: string, signal: AbortSignal | undefined): Promise<Arrival> {
    const { http, site } = this.#parts;
    const elevation = this.#elevation;
    const visitor = { http, site, headers: inside.headers, ...(signal === undefined ? {} : { signal }) };
    return { found: await visit(visitor, address), visitor, inside, elevation };
  }

  /** One elevation for all who met the prompt; whoever asked before it was done only asks again. */
  async #elevate({ inside, visitor, elevation }: Arrival): Promise<void> {
    if (this.#elevation === elevation) this.#elevation = this.#orEnd(() => inside.elevate(visitor));
    await this.#elevation;
  }

  async #arrived(arrival: Arrival, what: string): Promise<WebPage> {
    const { guard, who } = this.#parts;
    const { found } = arrival;
    await this.#refuseStranger(arrival, what);
    if (found.kind === 'unauthorized')
      return guard.end(new RekeyError('LOGIN_REFUSED', `${what}: Bamboo refused the login of ${who} (401). Nothing more was tried.`));
    if (found.kind !== 'page') throw new RekeyError('LOGIN_ENDED', `${what}: Bamboo asks for a login again right after one that succeeded.`);
    if (found.page.status < 400) return found.page;
    const kind = pageKind(found.page.document, found.page.status);
    return kind.kind === 'captcha' ? guard.end(pageProblem(kind, what)) : found.page;
  }

  /** A page that leads away concerns that page alone as long as the start page still shows the login. */
  async #refuseStranger({ found, visitor, inside }: Arrival, what: string): Promise<void> {
    const stranger = strangerAt(found);
    if (stranger === undefined) return;
    await this.#orEnd(async () => {
      if ((await prove(visitor)) === 'in') return;
      await refuseProxy(visitor, stranger);
      throw inside.whenLost?.(what) ?? new RekeyError('LOGIN_ENDED', `${what}: the login has ended: ${stranger}.`);
    });
    if (found.kind === 'away') throw new RekeyError('REDIRECTED_AWAY', `${what}: the server redirects to ${found.origin}; no credential is sent there.`);
  }

  async #rest(request: HttpRequest): Promise<HttpResponse> {
    const entering = this.#inside();
    const response = await this.#restAs(await entering, request);
    if (!isLost(response)) return response;
    const what = `${request.method} ${new URL(request.url).pathname}`;
    const again = await this.#restAs(await this.#renewed(entering, what), request);
    if (isLost(again)) return this.#parts.guard.end(new RekeyError('LOGIN_ENDED', `${what}: Bamboo asks for a login again right after one that succeeded.`));
    return again;
  }

  #restAs({ headers }: Inside, request: HttpRequest): Promise<HttpResponse> {
    return this.#parts.http.send({ ...request, headers: { ...request.headers, ...headers } });
  }
}

/** REST calls are redirected to a login only, Bamboo's or a sign-on's. */
function isLost({ status }: HttpResponse): boolean {
  return status === 401 || (status >= 300 && status < 400);
}

function isPrompt(found: Visit): boolean {
  return (found.kind === 'page' || found.kind === 'unauthorized') && promptsForPassword(found.page);
}
