import { validateHeaderName, validateHeaderValue } from 'node:http';
import { RekeyError } from '../core/errors.ts';
import type { Http } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';

/**
 * Adds headers to requests to one origin and to no other, for an access proxy in front of Bamboo. A header that the request has already stays as it is.
 * @throws RekeyError CONFIG_INVALID for names and values that HTTP does not know.
 */
export function withHeaders(http: Http, origin: string, headers: Readonly<Record<string, Secret>>): Http {
  const own = new URL(origin).origin;
  const extra = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), checked(name, value)]));
  return {
    send(request) {
      if (new URL(request.url).origin !== own) return http.send(request);
      const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      return http.send({ ...request, headers: { ...extra, ...Object.fromEntries(given) } });
    },
  };
}

function checked(name: string, value: Secret): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value.reveal());
  } catch {
    throw new RekeyError('CONFIG_INVALID', `bamboo.headers.${name} cannot be sent: its name or value holds characters that HTTP headers may not hold.`);
  }
  return value.reveal();
}
