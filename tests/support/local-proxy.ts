import { type RequestListener, request } from 'node:http';
import type { ServerOptions } from 'node:https';
import { connect, type Socket } from 'node:net';
import { type LocalServer, startServer } from './local-server.ts';

/** A forward proxy that asks for a user name and password and remembers what it let through. */
export interface LocalProxy extends LocalServer {
  readonly seen: string[];
}

/** Starts a proxy for http (absolute addresses) and https (CONNECT); every name leads to this computer. */
export async function startProxy(username: string, password: string, secure?: ServerOptions): Promise<LocalProxy> {
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const seen: string[] = [];
  const tunnels = new Set<Socket>();
  const forward: RequestListener = (incoming, outgoing) => {
    if (incoming.headers['proxy-authorization'] !== wanted) return void outgoing.writeHead(407).end('who are you?');
    const target = new URL(String(incoming.url));
    seen.push(`${incoming.method} ${target.href}`);
    incoming.pipe(
      request({ port: target.port, path: target.pathname + target.search, method: String(incoming.method), headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  };
  const proxy = await startServer(forward, secure);
  proxy.server.on('connect', (incoming, client: Socket) => {
    if (incoming.headers['proxy-authorization'] !== wanted) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    seen.push(`CONNECT ${incoming.url}`);
    const upstream = connect(Number(String(incoming.url).split(':').at(-1)), 'localhost', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      tunnels.add(socket);
      socket.on('error', () => undefined);
    }
  });
  const close = () => {
    for (const socket of tunnels) socket.destroy();
    return proxy.close();
  };
  return { ...proxy, seen, close };
}
