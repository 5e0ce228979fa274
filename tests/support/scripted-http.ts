import { RekeyError } from '../../src/core/errors.ts';
import type { Http, HttpRequest } from '../../src/core/ports.ts';
import { type Answered, answered } from './answered.ts';

/** One step of a script: an answer, or an error in place of one. */
export type Scripted = Answered | RekeyError;

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
      return answered(request.url, next);
    },
  };
}
