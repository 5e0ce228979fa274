import type { Readable } from 'node:stream';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { RekeyError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import { type Agents, createAgents, tunnelRefusal, type Way } from './agents.ts';
import { decode, readRaw, type Take } from './answer-body.ts';
import { toConnectionError } from './connection-error.ts';
import { startDeadline } from './deadline.ts';
import type { NetworkEnvironment } from './proxy-choice.ts';
import { buildTrust, type TlsMaterial } from './tls-trust.ts';

/** What the connections are made with. */
export interface TransportOptions {
  readonly tls?: TlsMaterial;
  readonly env: NetworkEnvironment;
  /** How long may pass until the connection stands, and between two pieces of an answer. */
  readonly timeoutMs: number;
  /** The longest body that is taken, packed and unpacked. */
  readonly maxBytes: number;
  /** Connections per server; a request that waits for a free one waits within its time limit. */
  readonly maxSockets: number;
}

/** A whole answer may take this many times the silence limit, so that a slow trickle ends, too. */
const WHOLE_ANSWER_FACTOR = 5;

/** axios as a bare wire: no redirects, no judging of statuses, no parsing, no proxy or XSRF features of its own. */
const WIRE = {
  adapter: 'http',
  maxRedirects: 0,
  validateStatus: null,
  responseType: 'stream',
  decompress: false,
  proxy: false,
  xsrfCookieName: '',
  maxBodyLength: Number.POSITIVE_INFINITY,
  transformRequest: [(data: unknown) => data],
  transformResponse: [(data: unknown) => data],
} as const;

/**
 * Makes the one HTTP client that everything else wraps.
 * @throws RekeyError CONFIG_INVALID when the TLS material cannot be used.
 */
export function createTransport(options: TransportOptions): Http {
  const agents = createAgents(options.env, buildTrust(options.tls, options.env['NODE_EXTRA_CA_CERTS']), options.maxSockets);
  const wire = axios.create({ ...WIRE, transformRequest: [...WIRE.transformRequest], transformResponse: [...WIRE.transformResponse] });
  return { send: (request) => exchange(request, wire, agents, options) };
}

async function exchange(request: HttpRequest, wire: AxiosInstance, agents: Agents, options: TransportOptions): Promise<HttpResponse> {
  const target = new URL(request.url);
  const way = agents.wayTo(target);
  const wholeMs = options.timeoutMs * WHOLE_ANSWER_FACTOR;
  const deadline = startDeadline(options.timeoutMs, wholeMs, request.signal);
  const take: Take = request.firstBytes === undefined ? { kind: 'whole', maxBytes: options.maxBytes } : { kind: 'first', bytes: request.firstBytes };
  try {
    const answer = await wire.request<Readable>({
      url: request.url,
      method: request.method,
      headers: requestHeaders(request),
      data: typeof request.body === 'object' ? Buffer.from(request.body) : request.body,
      httpAgent: way.agent,
      httpsAgent: way.agent,
      signal: deadline.signal,
    });
    deadline.touch();
    refuseProxyAnswer(answer, target, way);
    const raw = await readRaw(answer.data, take, deadline.touch);
    return { ...head(answer, request.url), body: await decode(raw, String(answer.headers['content-encoding'] ?? '').toLowerCase(), take) };
  } catch (thrown) {
    throw toConnectionError(thrown, { host: target.host, proxy: way.proxy, ending: deadline.ending(), silentMs: options.timeoutMs, wholeMs });
  } finally {
    deadline.end();
  }
}

/** `false` keeps axios from adding a content type of its own. */
function requestHeaders(request: HttpRequest): Record<string, string | false> {
  const packing = request.firstBytes === undefined ? 'gzip' : 'identity';
  return { accept: '*/*', 'user-agent': 'bamboo-rekey', 'accept-encoding': packing, 'content-type': false, ...lowerCaseNames(request.headers ?? {}) };
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function refuseProxyAnswer(answer: AxiosResponse<Readable>, target: URL, way: Way): void {
  const status = tunnelRefusal(answer.request) ?? (way.proxy !== undefined && answer.status === 407 ? 407 : undefined);
  if (status === undefined) return;
  answer.data.destroy();
  const why = status === 407 ? 'it wants another user name or password (407)' : `it answered ${status}`;
  throw new RekeyError('SERVER_UNREACHABLE', `The proxy ${way.proxy} did not let the request to ${target.host} through: ${why}.`, {
    remedy: 'Correct HTTPS_PROXY or HTTP_PROXY (http://USER:PASSWORD@HOST:PORT, URL-encoded), or name the host in NO_PROXY.',
  });
}

function head(answer: AxiosResponse<Readable>, url: string): Omit<HttpResponse, 'body'> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (name.toLowerCase() !== 'set-cookie' && value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  const cookies: unknown = answer.headers['set-cookie'];
  return { status: answer.status, url, headers, setCookies: Array.isArray(cookies) ? cookies.map(String) : [] };
}
