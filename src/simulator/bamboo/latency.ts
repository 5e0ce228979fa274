import type { RequestHandler } from 'express';
import type { Switches } from './switches.ts';

/** Adds the latency that is switched on; other requests go on meanwhile. */
export function delayed(switches: Pick<Switches, 'latencyMs'>): RequestHandler {
  return (_request, _response, next) => {
    if (switches.latencyMs === 0) return next();
    // A request that is cut off while it waits must not keep the process alive.
    setTimeout(next, switches.latencyMs).unref();
  };
}
