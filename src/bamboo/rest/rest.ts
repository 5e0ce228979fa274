import type { z } from 'zod';
import { endsEverything, RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../core/ports.ts';
import type { CredentialGuard } from '../credential-guard.ts';
import type { Query, Site } from '../site.ts';
import { judgeRest, type RestAnswer } from './rest-problem.ts';

/** Bamboo's REST interface with one credential. */
export interface Rest {
  /** @throws RekeyError when the answer is a failure or has not the shape that was asked for. */
  get<Shape extends z.ZodType>(shape: Shape, path: string, query?: Query, signal?: AbortSignal): Promise<z.infer<Shape>>;
  /** A PUT that changes nothing on the server (connection test). @throws RekeyError with exit 7, or when it is stopped */
  ask(path: string, body: string, signal?: AbortSignal): Promise<RestAnswer>;
  /** Sends one write; its answer is for the caller to judge. @throws RekeyError with exit 7, or when no answer came */
  post(path: string, write: RestWrite): Promise<HttpResponse>;
}

/** One write: it is sent once, and never by itself again. */
export interface RestWrite {
  readonly query?: Query;
  readonly body?: string;
  readonly contentType?: string;
  /** `read`: doing it twice is the same as doing it once, so it may be repeated by itself. */
  readonly effect?: HttpRequest['effect'];
  readonly signal?: AbortSignal;
}

const BASE = '/rest/api/latest';

function fit<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.infer<Shape> {
  const fitted = shape.safeParse(value);
  if (fitted.success) return fitted.data;
  const where = fitted.error.issues[0]?.path.join('.') ?? '';
  throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what}: the answer is JSON of another shape than Bamboo's${where === '' ? '' : ` (at ${where})`}.`);
}

/** Makes a REST client; `authorization` is what every request carries, where `http` does not carry it by itself. */
export function createRest(parts: { readonly http: Http; readonly site: Site; readonly authorization?: string; readonly guard: CredentialGuard }): Rest {
  const { http, site, authorization, guard } = parts;

  async function exchange(request: Omit<HttpRequest, 'url'>, path: string, query: Query = {}): Promise<{ response: HttpResponse; answer: RestAnswer }> {
    guard.check();
    const headers = { ...(authorization === undefined ? {} : { Authorization: authorization }), Accept: 'application/json', ...request.headers };
    const response = await http.send({ ...request, url: site.address(`${BASE}${path}`, query), headers });
    const answer = judgeRest(`${request.method} ${BASE}${path}`, response);
    return answer.kind === 'problem' && endsEverything(answer.error) ? guard.end(answer.error) : { response, answer };
  }

  async function send(request: Omit<HttpRequest, 'url' | 'effect'>, path: string, query?: Query): Promise<RestAnswer> {
    return (await exchange({ ...request, effect: 'read' }, path, query)).answer;
  }

  /** A network that fails says no more than a server that does. */
  async function sendOrProblem(request: Omit<HttpRequest, 'url' | 'effect'>, path: string): Promise<RestAnswer> {
    try {
      return await send(request, path);
    } catch (thrown) {
      const error = toRekeyError(thrown);
      if (endsEverything(error) || error.code === 'INTERRUPTED' || error.code === 'INTERNAL') throw thrown;
      return { kind: 'problem', status: 0, error };
    }
  }

  return {
    async get(shape, path, query, signal) {
      const answer = await send({ method: 'GET', ...(signal === undefined ? {} : { signal }) }, path, query);
      if (answer.kind === 'problem') throw answer.error;
      return fit(shape, answer.value, `GET ${BASE}${path}`);
    },
    ask: (path, body, signal) =>
      sendOrProblem(
        { method: 'PUT', body, headers: { 'Content-Type': 'application/json', 'X-Atlassian-Token': 'no-check' }, ...(signal === undefined ? {} : { signal }) },
        path,
      ),
    async post(path, { query, body, contentType, effect = 'write', signal }) {
      const headers = { 'X-Atlassian-Token': 'no-check', ...(contentType === undefined ? {} : { 'Content-Type': contentType }) };
      return (
        await exchange({ effect, method: 'POST', headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) }, path, query)
      ).response;
    },
  };
}
