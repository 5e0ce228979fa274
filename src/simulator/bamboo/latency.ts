import type { RequestHandler, Response } from 'express';
import type { Switches } from './switches.ts';

/** Lets each request take the latency that is switched on, from its arrival to the end of its answer; other requests go on meanwhile. */
export function delayed(switches: Pick<Switches, 'latencyMs'>): RequestHandler {
  return (_request, response, next) => {
    if (switches.latencyMs > 0) holdEnd(response, performance.now() + switches.latencyMs);
    next();
  };
}

/** Node's timers go off up to a millisecond late, and the way there and back takes some, too: with it, a bare client's mean wait is the latency asked for. */
const LATE_MS = 1;

/** The work is done at once, and its answer waits: what the work itself takes is part of the latency. */
function holdEnd(response: Response, until: number): void {
  const end = response.end.bind(response);
  const held = (...parts: Parameters<typeof end>): Response => {
    // An answer that nobody waits for any more must not keep the process alive.
    setTimeout(() => end(...parts), until - LATE_MS - performance.now()).unref();
    return response;
  };
  response.end = held as typeof response.end;
}
