import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from '../../../src/http/transport.ts';
import { type Authority, createAuthority } from '../../support/certificates.ts';
import { type LocalProxy, startProxy } from '../../support/local-proxy.ts';
import { type LocalServer, startServer } from '../../support/local-server.ts';

const PASSWORD = 'p@ss:w%rd';
let authority: Authority;
let proxy: LocalProxy;
let plain: LocalServer;
let secure: LocalServer;
let secureByNumber: LocalServer;

beforeAll(async () => {
  authority = createAuthority();
  proxy = await startProxy('me', PASSWORD);
  plain = await startServer((request, response) => void response.end(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`));
  secure = await startServer((request, response) => void response.end(`${request.headers.authorization}`), authority.sign('DNS:bamboo.example'));
  secureByNumber = await startServer((_request, response) => void response.end(), authority.sign('DNS:localhost'));
});
afterAll(async () => {
  await Promise.all([proxy, plain, secure, secureByNumber].map((server) => server.close()));
  authority.remove();
});
beforeEach(() => void proxy.seen.splice(0));

function get(url: string, env: Record<string, string>, headers: Record<string, string> = {}) {
  return createTransport({ tls: { ca: authority.cert }, env, timeoutMs: 3_000, maxBytes: 10_000, maxSockets: 2 }).send({
    effect: 'read',
    method: 'GET',
    url,
    headers,
  });
}

const address = (password: string) => `http://me:${encodeURIComponent(password)}@localhost:${proxy.port}`;
const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('createTransport through a proxy', () => {
  it('sends http through HTTP_PROXY with user name and password, and keeps these from the server', async () => {
    const answer = await get(`http://bamboo.example:${plain.port}/a?b=c`, { HTTP_PROXY: address(PASSWORD) });
    expect([answer.status, proxy.seen]).toEqual([200, [`GET http://bamboo.example:${plain.port}/a?b=c`]]);
  });

  it('sends https through a tunnel of HTTPS_PROXY, checks the certificate of the server, and uses the tunnel again', async () => {
    const url = `https://bamboo.example:${secure.port}/`;
    const http = createTransport({ tls: { ca: authority.cert }, env: { https_proxy: address(PASSWORD) }, timeoutMs: 3_000, maxBytes: 10_000, maxSockets: 1 });
    for (let round = 0; round < 3; round++) {
      const answer = await http.send({ effect: 'read', method: 'GET', url, headers: { Authorization: 'Bearer x' } });
      expect(text(answer.body)).toBe('Bearer x');
    }
    expect(proxy.seen).toEqual([`CONNECT bamboo.example:${secure.port}`]);
  });

  it('does not take the certificate of another name through a tunnel', async () => {
    await expect(get(`https://other.example:${secure.port}/`, { HTTPS_PROXY: address(PASSWORD) })).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringContaining(`through the proxy localhost:${proxy.port}`),
    });
  });

  it("does not take a certificate for the proxy's name as one for an IP address behind it", async () => {
    await expect(get(`https://127.0.0.1:${secureByNumber.port}/`, { HTTPS_PROXY: address(PASSWORD) })).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringContaining('for another host name'),
    });
  });

  it('does not know an unknown authority behind a tunnel either', async () => {
    const stranger = createTransport({ env: { HTTPS_PROXY: address(PASSWORD) }, timeoutMs: 3_000, maxBytes: 1, maxSockets: 1 });
    await expect(stranger.send({ effect: 'read', method: 'GET', url: `https://bamboo.example:${secure.port}/` })).rejects.toMatchObject({
      code: 'TLS_REFUSED',
    });
  });

  it.each(['http', 'https'])('tells the refusal of a proxy apart from an answer of the server: %s', async (scheme) => {
    const port = scheme === 'http' ? plain.port : secure.port;
    const error: unknown = await get(`${scheme}://bamboo.example:${port}/`, {
      HTTP_PROXY: address('wrong-canary'),
      HTTPS_PROXY: address('wrong-canary'),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: `The proxy localhost:${proxy.port} did not let the request to bamboo.example:${port} through: it wants another user name or password (407).`,
    });
    expect(JSON.stringify(error)).not.toContain('wrong-canary');
  });

  it('goes directly where NO_PROXY names the host', async () => {
    expect((await get(plain.url, { HTTP_PROXY: address(PASSWORD), NO_PROXY: 'localhost' })).status).toBe(200);
    expect(proxy.seen).toEqual([]);
  });

  it('says which proxy is not there, or says nothing', async () => {
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, () => resolve()));
    const { port } = silent.address() as AddressInfo;
    await expect(get(secure.url, { HTTPS_PROXY: `http://localhost:${port}` })).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining(`through the proxy localhost:${port}`),
    });
    await new Promise((resolve) => silent.close(resolve));
    await expect(get(secure.url, { HTTPS_PROXY: `http://localhost:${port}` })).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining(`through the proxy localhost:${port}: nothing listens`),
    });
  });
});
