import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server on a free local port. */
export interface LocalServer {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** Starts a server; with TLS options an https one. */
export async function startServer(listener: RequestListener, secure?: ServerOptions): Promise<LocalServer> {
  const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
  const port = await listen(server);
  return {
    url: `${secure === undefined ? 'http' : 'https'}://localhost:${port}`,
    port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  return (server.address() as AddressInfo).port;
}
