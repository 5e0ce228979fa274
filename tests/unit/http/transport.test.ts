import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { HttpRequest } from '../../../src/core/ports.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type LocalServer, startServer } from '../../support/local-server.ts';

const LIMITS = { env: {}, timeoutMs: 150, maxBytes: 100_000, maxSockets: 4 };
const http = createTransport(LIMITS);
let local: LocalServer;

beforeAll(async () => {
  local = await startServer((request, response) => void (PAGES[String(request.url).replace(/\?.*/, '')] ?? notThere)(request, response));
});
afterAll(() => local.close());

type Page = (request: IncomingMessage, response: ServerResponse) => unknown;
const notThere: Page = (_request, response) => response.writeHead(404).end();
const PACKED = gzipSync('packed '.repeat(1000));

const PAGES: Readonly<Record<string, Page>> = {
  '/plain': (_request, response) => response.writeHead(200, { 'X-Mixed-Case': 'Yes', 'set-cookie': ['a=1', 'b=2'] }).end(Buffer.from([0xff, 0xfe, 0x00])),
  '/echo': (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    request
      .setEncoding('latin1')
      .toArray()
      .then((pieces) => response.end(JSON.stringify({ method: request.method, headers: request.headers, body: pieces.join('') })));
  },
  '/away': (_request, response) => response.writeHead(302, { location: '/plain' }).end('moved'),
  '/broken': (_request, response) => response.writeHead(500).end('<h1>trace</h1>'),
  '/json': (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":9007199254740993}'),
  '/gzip': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(PACKED),
  '/gzip-of-nothing': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
  '/gzip-cut': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(PACKED.subarray(0, 40)),
  '/gzip-damaged': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all'),
  '/gzip-bomb': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
  '/brotli': (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('???'),
  '/endless': (_request, response) => {
    const more = () => (response.write('0123456789'.repeat(100)) ? setImmediate(more) : response.once('drain', more));
    response.once('close', () => response.removeAllListeners('drain'));
    response.writeHead(200);
    more();
  },
  '/hang': () => undefined,
  '/hang-after-head': (_request, response) => response.writeHead(200).write('begun'),
  '/trickle': (_request, response) => {
    const timer = setInterval(() => response.write('.'), 30);
    response.once('close', () => clearInterval(timer));
  },
  '/cut': (_request, response) => response.writeHead(200, { 'content-length': '100' }).write('short', () => response.destroy()),
  '/not-http': (_request, response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
};

function get(path: string, more: Partial<HttpRequest> = {}) {
  return http.send({ effect: 'read', method: 'GET', url: local.url + path, ...more });
}

async function failure(sending: Promise<unknown>): Promise<RekeyError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RekeyError)) throw new TypeError(`no RekeyError: ${inspect(error)}`);
  return error;
}

const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('createTransport', () => {
  it('gives status, lower-case headers, cookies and the bytes as they came', async () => {
    const answer = await get('/plain');
    expect(answer).toMatchObject({ status: 200, url: `${local.url}/plain`, setCookies: ['a=1', 'b=2'] });
    expect(answer.headers).toMatchObject({ 'x-mixed-case': 'Yes' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect([...answer.body]).toEqual([0xff, 0xfe, 0x00]);
  });

  it('follows no redirect', async () => {
    const answer = await get('/away');
    expect([answer.status, answer.headers['location'], text(answer.body)]).toEqual([302, '/plain', 'moved']);
  });

  it.each([
    ['/broken', 500],
    ['/nowhere', 404],
  ])('judges no status: %s is an answer', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it('parses nothing', async () => {
    expect(text((await get('/json')).body)).toBe('{"a":9007199254740993}');
  });

  it('sends method, headers and the bytes of the body as given, and no content type of its own', async () => {
    const echo = async (more: Partial<HttpRequest>) => JSON.parse(text((await get('/echo', more)).body));
    const posted = await echo({
      effect: 'write',
      method: 'POST',
      headers: { 'Content-Type': 'application/x-yaml; version=9.2.1' },
      body: new Uint8Array([0xe9, 0x00]),
    });
    expect(posted).toMatchObject({
      method: 'POST',
      body: '\u00e9\u0000',
      headers: { 'content-type': 'application/x-yaml; version=9.2.1', 'content-length': '2' },
    });
    const bare = await echo({ effect: 'write', method: 'PUT', body: 'a=b' });
    expect(bare.headers).not.toHaveProperty('content-type');
    expect(bare.headers).not.toHaveProperty('x-xsrf-token');
  });

  it('unpacks gzip, and takes an empty body for empty', async () => {
    expect(text((await get('/gzip')).body)).toBe('packed '.repeat(1000));
    expect((await get('/gzip-of-nothing')).body).toHaveLength(0);
  });

  it.each([
    ['/gzip-cut', /its gzip packing is broken/],
    ['/gzip-damaged', /its gzip packing is broken/],
    ['/gzip-bomb', /unpacks to more than is taken/],
    ['/brotli', /encoded as "br", which was not asked for/],
    ['/endless', /longer than 100000 bytes/],
    ['/hang', /nothing came for 0\.15 seconds/],
    ['/hang-after-head', /nothing came for 0\.15 seconds/],
    ['/trickle', /not complete after 0\.75 seconds/],
    ['/cut', /the connection was broken off/],
    ['/not-http', /does not speak HTTP/],
  ])(
    'ends %s with a sentence',
    async (path, sentence) => {
      const error = await failure(get(path));
      expect([error.code, error.exit]).toEqual(['SERVER_UNREACHABLE', 1]);
      expect(error.message).toMatch(sentence);
      expect(error.message).toContain(`localhost:${local.port}`);
      // Less than the time limits times a hundred: a limit that is not kept must show.
    },
    20_000,
  );

  it('reads the first bytes of an endless body and leaves', async () => {
    expect(text((await get('/endless', { firstBytes: 25 })).body)).toBe('0123456789012345678901234');
  });

  it('reads the first bytes of a packed body, although it asked for none', async () => {
    expect(text((await get('/gzip', { firstBytes: 10 })).body)).toBe('packed pac');
    expect(text((await get('/plain', { firstBytes: 10 })).body)).toHaveLength(3);
  });

  it('says that nothing listens', async () => {
    const gone = await startServer(notThere);
    await gone.close();
    const error = await failure(http.send({ effect: 'read', method: 'GET', url: gone.url }));
    expect([error.code, error.message]).toEqual([
      'SERVER_UNREACHABLE',
      `No whole answer from localhost:${gone.port}: nothing listens there (connection refused).`,
    ]);
  });

  it('says that a host is not known', async () => {
    const error = await failure(http.send({ effect: 'read', method: 'GET', url: 'http://no-such-host.invalid/' }));
    expect(error.message).toMatch(/^No whole answer from no-such-host\.invalid: its host name/);
  });

  it('ends at once when the caller stops, before and during the exchange', async () => {
    expect((await failure(get('/plain', { signal: AbortSignal.abort() }))).code).toBe('INTERRUPTED');
    const stop = new AbortController();
    const error = failure(get('/hang-after-head', { signal: stop.signal }));
    stop.abort();
    expect((await error).code).toBe('INTERRUPTED');
  });

  it.each([
    ['/cut', /^ECONNRESET$/],
    ['/not-http', /^HPE_/],
    ['/gzip-cut', /^$/],
  ])('keeps secrets out of everything that hangs on an error: %s', async (path, code) => {
    const secrets = { headers: { Authorization: 'Bearer canary-secret' }, body: 'body-secret', effect: 'write', method: 'POST' } as const;
    const error = await failure(get(`${path}?token=query-secret`, secrets));
    expect(inspect(error, { depth: 20, showHidden: true, getters: true })).not.toMatch(/canary-secret|query-secret|body-secret/);
    expect(error.cause).toMatchObject({ code: expect.stringMatching(code) });
  });

  it('uses a connection again', async () => {
    const one = createTransport({ ...LIMITS, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    const counting = await startServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    for (let round = 0; round < 3; round++) await one.send({ effect: 'read', method: 'GET', url: counting.url });
    await counting.close();
    expect(ports.size).toBe(1);
  });
});
