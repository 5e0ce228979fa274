import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { SimulatorError } from './simulator-error.ts';

/** A body that has arrived whole is worked off within a few turns after its connection is gone. */
const QUIET_LOOKS = 3;
const LOOK_MS = 5;

/** Serves an application on this machine only, so that nothing of the simulator is seen from outside. */
export function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.keepAliveTimeout = 60_000;
    server.once('error', (cause) => reject(new SimulatorError(`The simulator cannot listen on port ${port}: ${cause.message}.`, { cause })));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** The address that a server listens on. */
export function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Resolves when nobody is connected any more, and what was sent until then has been worked off. */
export async function idle(server: Server): Promise<void> {
  let quiet = 0;
  while (quiet < QUIET_LOOKS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const connections = await new Promise<number>((resolve) => server.getConnections((_problem, count) => resolve(count)));
    quiet = connections === 0 ? quiet + 1 : 0;
  }
}

/** Closes a server with every connection that is still open on it. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
