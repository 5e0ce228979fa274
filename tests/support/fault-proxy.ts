import { type IncomingMessage, request as plainRequest, type ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { type LocalServer, startServer } from './local-server.ts';

/** An answer of the true server, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** One request that has met a fault. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address that the client called. */
  readonly url: string;
  /** How many requests met this fault before. */
  readonly met: number;
  /** Lets the true server carry the request out. */
  forward(): Promise<Answer>;
}

/** What a broken server, proxy or network does with a request. */
export type Fault = (exchange: Exchange) => Promise<void> | void;

/** A request as faults are chosen by. */
export interface Asked {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
}

/** A fault that waits for its requests. */
export interface Armed {
  readonly fault: Fault;
  readonly meets: (asked: Asked) => boolean;
  /** Matching requests that pass first. */
  readonly skip?: number;
  /** Matching requests that it meets then; all of them unless told otherwise. */
  readonly times?: number;
}

/** A server in front of another one that hands everything on, but for the requests that meet a fault. */
export interface FaultProxy extends LocalServer {
  arm(armed: Armed): void;
  disarm(): void;
  /** Whether the next such request would meet the fault. */
  isAwaiting(asked: Asked): boolean;
  /** How many requests have met the fault. */
  met(): number;
  /** Resolves when the true server has worked off everything that was handed on. */
  settled(): Promise<void>;
  /** Values of the headers that let somebody in, as they came by. */
  readonly credentials: ReadonlySet<string>;
}

/** Starts one before `upstream()`; with TLS options an https one. */
export async function startFaultProxy(upstream: () => string, secure?: ServerOptions): Promise<FaultProxy> {
  const gate = new Gate();
  const credentials = new Set<string>();
  const underWay = new Set<Promise<Answer>>();
  const server = await startServer((request, response) => {
    noteCredentials(credentials, request);
    const forward = (): Promise<Answer> => {
      const answer = handOn(request, upstream());
      underWay.add(answer);
      return answer.finally(() => underWay.delete(answer));
    };
    serve(gate, request, response, forward).catch(() => response.destroy());
  }, secure);
  // One spelling of the host everywhere, that no resolver is asked for.
  const url = server.url.replace('localhost', '127.0.0.1');
  return {
    ...{ ...server, url, credentials },
    ...{ arm: (armed) => gate.arm(armed), disarm: () => gate.disarm(), isAwaiting: (asked) => gate.isAwaiting(asked), met: () => gate.met },
    settled: async () => void (await Promise.allSettled([...underWay])),
  };
}

class Gate {
  met = 0;
  #armed: Armed | undefined;
  #skipped = 0;

  arm(armed: Armed): void {
    this.disarm();
    this.#armed = armed;
  }

  disarm(): void {
    this.#armed = undefined;
    this.#skipped = 0;
    this.met = 0;
  }

  isAwaiting(asked: Asked): boolean {
    const armed = this.#armed;
    return armed?.meets(asked) === true && this.#skipped >= (armed.skip ?? 0) && this.met < (armed.times ?? Number.POSITIVE_INFINITY);
  }

  take(asked: Asked): Fault | undefined {
    if (this.#armed?.meets(asked) !== true) return undefined;
    if (this.isAwaiting(asked)) return this.#armed.fault;
    this.#skipped += 1;
    return undefined;
  }
}

async function serve(gate: Gate, request: IncomingMessage, response: ServerResponse, forward: Exchange['forward']): Promise<void> {
  const asked = { method: request.method ?? '', path: request.url ?? '' };
  const fault = gate.take(asked);
  if (fault === undefined) return send(response, await forward());
  const met = gate.met;
  gate.met += 1;
  await fault({ request, response, url: `http://${request.headers.host}${request.url}`, met, forward });
}

/** Sends a whole answer. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

async function handOn(request: IncomingMessage, upstream: string): Promise<Answer> {
  const body = await buffer(request);
  const { host: _ours, 'accept-encoding': _packing, ...headers } = request.headers;
  return await new Promise((resolve, reject) => {
    const onward = plainRequest(
      upstream + request.url,
      { method: request.method ?? 'GET', headers: { ...headers, host: new URL(upstream).host } },
      (answer) => {
        buffer(answer).then((whole) => {
          const { 'content-length': _length, 'transfer-encoding': _coding, connection: _connection, 'keep-alive': _keep, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 502, headers: kept as Answer['headers'], body: whole });
        }, reject);
      },
    );
    onward.once('error', reject);
    onward.end(body);
  });
}

/** What lets somebody in: the value of a cookie, the rest of an Authorization header. */
function noteCredentials(found: Set<string>, { headers }: IncomingMessage): void {
  const [, authorization] = headers.authorization?.split(' ') ?? [];
  if (authorization !== undefined) found.add(authorization);
  for (const cookie of headers.cookie?.split('; ') ?? []) found.add(cookie.slice(cookie.indexOf('=') + 1));
}
