import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type NetworkEnvironment, proxyFor } from './proxy-choice.ts';
import type { TrustOptions } from './tls-trust.ts';

/** Idle connections are closed before most servers close them, so that no write meets a connection that is just going away. */
const IDLE_SOCKET_MS = 4_000;

/** The way to one address. */
export interface Way {
  readonly agent: HttpAgent;
  /** `host:port` of the proxy, for messages. */
  readonly proxy?: string;
}

/** Chooses and keeps the connection pools. */
export interface Agents {
  wayTo(target: URL): Way;
}

type Pool = { readonly keepAlive: true; readonly maxSockets: number; readonly timeout: number };

/** Makes the pools on first use: one per scheme and proxy. */
export function createAgents(env: NetworkEnvironment, trust: TrustOptions, maxSockets: number): Agents {
  const pool: Pool = { keepAlive: true, maxSockets, timeout: IDLE_SOCKET_MS };
  const ways = new Map<string, Way>();
  return {
    wayTo(target) {
      const proxy = proxyFor(target, env);
      const key = `${target.protocol} ${proxy?.href ?? ''}`;
      const way = ways.get(key) ?? createWay(target.protocol === 'https:', proxy, pool, trust);
      ways.set(key, way);
      return way;
    },
  };
}

function createWay(secure: boolean, proxy: URL | undefined, pool: Pool, trust: TrustOptions): Way {
  if (proxy === undefined) return { agent: secure ? new HttpsAgent({ ...pool, ...trust }) : new HttpAgent(pool) };
  return { agent: secure ? new TunnelAgent(proxy, pool, trust) : new HttpProxyAgent(proxy, { ...pool, ...trust }), proxy: proxy.host };
}

type Connect = HttpsProxyAgent<string>['connect'];

/** A tunnel that keeps our trust: the library forgets the options of its constructor and checks the certificate of an IP address against the proxy's name. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #trust: TrustOptions;

  constructor(proxy: URL, pool: Pool, trust: TrustOptions) {
    super(proxy, { ...pool, ...trust });
    Object.assign(this.options, pool);
    this.#trust = trust;
  }

  override connect(request: ClientRequest, options: Parameters<Connect>[1]): ReturnType<Connect> {
    const host = String(options.host);
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => statusCode === 200 || refusals.set(request, statusCode));
    const trusted = {
      ...options,
      ...this.#trust,
      checkServerIdentity: (_name: string, certificate: Parameters<typeof checkServerIdentity>[1]) => checkServerIdentity(host, certificate),
    };
    return super.connect(request, trusted as typeof options);
  }
}

const refusals = new WeakMap<object, number>();

/** The status with which a proxy refused the tunnel of this request; the library hands it on as if the server had said it. */
export function tunnelRefusal(request: unknown): number | undefined {
  return typeof request === 'object' && request !== null ? refusals.get(request) : undefined;
}
