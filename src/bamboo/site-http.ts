import { CookieJar } from 'tough-cookie';
import { RekeyError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { Secret } from '../core/secret.ts';
import { type BrowserCookie, wireText } from './clear-text.ts';
import { LEAST_SECRET } from './session/browser-cookies.ts';
import type { Site } from './site.ts';

/** What the requests to one server go over. */
export interface SiteWire {
  readonly http: Http;
  readonly site: Site;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hears of the cookies that the server gives. */
  readonly keepSecret: (secret: Secret) => void;
}

/** The cookies of one client: those that a person handed over, until the server sets the same name, and those that the server set. */
class Cookies {
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
  #given: readonly BrowserCookie[];

  readonly #keepSecret: SiteWire['keepSecret'];

  constructor(given: readonly BrowserCookie[], keepSecret: SiteWire['keepSecret']) {
    this.#given = given;
    this.#keepSecret = keepSecret;
  }

  header(url: string): string {
    const own = this.#given.map(({ name, value }) => `${name}=${wireText(value)}`);
    return [...own, this.#jar.getCookieStringSync(url)].filter((part) => part !== '').join('; ');
  }

  keep(url: string, { setCookies }: HttpResponse): void {
    for (const cookie of setCookies) {
      const name = cookie.slice(0, cookie.indexOf('=')).trim();
      this.#given = this.#given.filter((each) => each.name !== name);
      const kept = this.#jar.setCookieSync(cookie, url, { ignoreError: true });
      if (kept !== undefined && kept.value.length >= LEAST_SECRET) this.#keepSecret(new Secret(kept.value));
    }
  }
}

function withSiteHeaders(request: HttpRequest, extra: Readonly<Record<string, string>>, cookie: string): HttpRequest {
  return { ...request, headers: { ...extra, ...request.headers, ...(cookie === '' ? {} : { Cookie: cookie }) } };
}

/**
 * Wraps HTTP for one server: adds the configured headers and the cookies, and refuses to send anything to another origin.
 * Every cookie is kept, a load balancer's too: a cluster pins a session by a cookie of its own.
 */
export function createSiteHttp({ http, site, headers, keepSecret }: SiteWire, given: readonly BrowserCookie[] = []): Http {
  const cookies = new Cookies(given, keepSecret);
  return {
    async send(request) {
      if (!site.owns(request.url))
        throw new RekeyError('REDIRECTED_AWAY', `A request to ${new URL(request.url).origin} was not sent: it is not the configured address.`);
      const response = await http.send(withSiteHeaders(request, headers, cookies.header(request.url)));
      cookies.keep(request.url, response);
      return response;
    },
  };
}
