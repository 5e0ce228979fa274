import { toRekeyError } from '../core/errors.ts';
import type { Clock, Http, HttpRequest } from '../core/ports.ts';

/** One request as it may be logged: no headers, no bodies, no query. */
export interface RequestInfo {
  readonly effect: HttpRequest['effect'];
  readonly method: string;
  /** `host` or `host:port`. */
  readonly host: string;
  readonly path: string;
  /** The status, or the code of the failure. */
  readonly result: number | string;
  readonly ms: number;
  readonly bytes: number;
}

/** Tells of each request after it ended. */
export function withTiming(http: Http, clock: Clock, onRequest: (info: RequestInfo) => void): Http {
  return {
    async send(request) {
      const begun = clock.now().getTime();
      const tell = (result: number | string, bytes: number) =>
        onRequest({ ...describe(request), result, ms: Math.max(0, clock.now().getTime() - begun), bytes });
      try {
        const response = await http.send(request);
        tell(response.status, response.body.length);
        return response;
      } catch (thrown) {
        tell(toRekeyError(thrown).code, 0);
        throw thrown;
      }
    },
  };
}

function describe(request: HttpRequest): Pick<RequestInfo, 'effect' | 'method' | 'host' | 'path'> {
  const { host, pathname } = new URL(request.url);
  return { effect: request.effect, method: request.method, host, path: pathname };
}
