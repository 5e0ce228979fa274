import type { RunEvent } from './core/events.ts';
import type { Clock, Http } from './core/ports.ts';
import type { HostCalls } from './core/report/evidence.ts';
import { createHostCount } from './http/host-count.ts';
import type { TlsMaterial } from './http/tls-trust.ts';

/** Bamboo builds a page of a large server in many seconds. */
const SILENCE_MS = 60_000;
/** The longest page or list that is taken. */
const LONGEST_BODY = 32 * 1024 * 1024;
/** The most objects that are written at once. */
const MOST_SOCKETS = 64;

/** What the way to the servers is made with. */
export interface WireMaterial {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stop: AbortSignal;
  readonly tell: (event: RunEvent) => void;
  readonly debug: (message: string, details: object) => void;
  /** Wraps the outermost edge. */
  readonly edge?: ((http: Http) => Http) | undefined;
}

/** The way to the servers, shared by whoever speaks to one. */
export interface Wire {
  /** Sends each request once. */
  connect(tls?: TlsMaterial): Promise<Http>;
  /** Repeats reads that failed for the moment. */
  retry(): Promise<(http: Http) => Http>;
  /** From now on at most so many requests are under way at each server. */
  sendAtMost(requests: number): void;
  /** Which hosts were spoken to so far, sorted. */
  hosts(): HostCalls[];
}

/** Puts the HTTP adapter together; its parts are loaded when a server is spoken to. */
export function composeWire({ clock, env, stop, tell, debug, edge = (http) => http }: WireMaterial): Wire {
  const count = createHostCount();
  let most = Number.POSITIVE_INFINITY;
  return {
    async connect(tls = {}) {
      const { createTransport } = await import('./http/transport.ts');
      const { withPacing } = await import('./http/with-pacing.ts');
      const { withTiming } = await import('./http/with-timing.ts');
      const transport = createTransport({ tls, env, timeoutMs: SILENCE_MS, maxBytes: LONGEST_BODY, maxSockets: MOST_SOCKETS });
      const timed = withTiming(edge(transport), clock, (request) => {
        count.record(request);
        debug('request', request);
      });
      return withPacing(timed, clock, { atMost: () => most, stop, tell: (change) => tell({ event: 'PACE', ...change }) });
    },
    async retry() {
      const { withRetry } = await import('./http/with-retry.ts');
      return (http) => withRetry(http, clock, Math.random, stop);
    },
    sendAtMost: (requests) => {
      most = requests;
    },
    hosts: () => [...count.hosts()].map(([host, { requests, failures }]) => ({ host, requests, failures })),
  };
}
