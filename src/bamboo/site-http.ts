import { CookieJar } from 'tough-cookie';
import { RekeyError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import type { Site } from './site.ts';

function keep(jar: CookieJar, url: string, response: HttpResponse): void {
  for (const cookie of response.setCookies) jar.setCookieSync(cookie, url, { ignoreError: true });
}

function withSiteHeaders(request: HttpRequest, extra: Readonly<Record<string, string>>, jar: CookieJar): HttpRequest {
  const cookie = jar.getCookieStringSync(request.url);
  return { ...request, headers: { ...extra, ...request.headers, ...(cookie === '' ? {} : { Cookie: cookie }) } };
}

/**
 * Wraps HTTP for one server: adds the configured headers and the cookies, and refuses to send anything to another origin.
 * Every cookie is kept, a load balancer's too: a cluster pins a session by a cookie of its own.
 */
export function createSiteHttp(http: Http, site: Site, extra: Readonly<Record<string, string>>): Http {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
  return {
    async send(request) {
      if (!site.owns(request.url))
        throw new RekeyError('REDIRECTED_AWAY', `A request to ${new URL(request.url).origin} was not sent: it is not the configured address.`);
      const response = await http.send(withSiteHeaders(request, extra, jar));
      keep(jar, request.url, response);
      return response;
    },
  };
}
