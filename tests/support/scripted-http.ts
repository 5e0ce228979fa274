import { RekeyError } from '../../src/core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../src/core/ports.ts';

/** One answer of a script: a status with headers and body, or an error. */
export type Scripted = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string | object } | RekeyError;

/** An Http that gives the answers in order and keeps the requests; asked for more, it fails the test. */
export interface ScriptedHttp extends Http {
  readonly requests: readonly HttpRequest[];
  /** Answers that nobody asked for. */
  readonly left: number;
}

/** Makes one from its answers. */
export function scriptedHttp(...script: readonly Scripted[]): ScriptedHttp {
  const requests: HttpRequest[] = [];
  return {
    requests,
    get left() {
      return script.length - requests.length;
    },
    async send(request) {
      const next = script[requests.push(request) - 1];
      if (next === undefined) throw new RangeError(`an answer for ${request.method} ${request.url} was not expected`);
      if (next instanceof RekeyError) throw next;
      return answer(request.url, next);
    },
  };
}

function answer(url: string, { status = 200, headers = {}, body = '' }: Exclude<Scripted, RekeyError>): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  return { status, url, headers: { ...type, ...headers }, setCookies: [], body: Buffer.from(text) };
}
