import type { RequestInfo } from './with-timing.ts';

/** What one host was asked. */
export interface HostTotals {
  readonly requests: number;
  readonly failures: number;
  readonly ms: number;
}

/** Counts requests per host: which hosts were spoken to is evidence, how long it took is news. */
export interface HostCount {
  record(info: RequestInfo): void;
  hosts(): ReadonlyMap<string, HostTotals>;
}

/** Starts at nothing. Give `record` to `withTiming`. */
export function createHostCount(): HostCount {
  const hosts = new Map<string, HostTotals>();
  return {
    record({ host, result, ms }) {
      const before = hosts.get(host) ?? { requests: 0, failures: 0, ms: 0 };
      hosts.set(host, { requests: before.requests + 1, failures: before.failures + (typeof result === 'string' ? 1 : 0), ms: before.ms + ms });
    },
    hosts: () => new Map([...hosts].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
