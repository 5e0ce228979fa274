import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { SimulatorError } from './simulator-error.ts';

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

/** Closes a server with every connection that is still open on it. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
