import type { Http } from '../../src/core/ports.ts';

/** The plainest way to a server: what is asked for is fetched, no redirect followed. */
export const fetchHttp: Http = {
  async send({ method, url, headers = {}, body }) {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    });
    return {
      status: answer.status,
      url,
      headers: Object.fromEntries(answer.headers),
      setCookies: answer.headers.getSetCookie(),
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  },
};
