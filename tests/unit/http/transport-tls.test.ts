import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.ts';
import type { TlsMaterial } from '../../../src/http/tls-trust.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type Authority, createAuthority } from '../../support/certificates.ts';
import { type LocalServer, startServer } from '../../support/local-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rekey-tls-'));
let ours: Authority;
let others: Authority;
let servers: LocalServer[] = [];

beforeAll(() => {
  ours = createAuthority();
  others = createAuthority();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});
afterAll(() => {
  ours.remove();
  others.remove();
  rmSync(folder, { recursive: true });
});

async function serve(authority: Authority, names: string, more: object = {}): Promise<string> {
  const server = await startServer((_request, response) => void response.end('hello'), { ...authority.sign(names), ...more });
  servers.push(server);
  return server.url;
}

function get(url: string, tls?: TlsMaterial, env: Record<string, string> = {}) {
  return createTransport({ ...(tls === undefined ? {} : { tls }), env, timeoutMs: 5_000, maxBytes: 1_000, maxSockets: 2 }).send({
    effect: 'read',
    method: 'GET',
    url,
  });
}

const LOCAL = 'DNS:localhost,IP:127.0.0.1';

/** Node reads some variables of its environment only as it starts. `act` is done for each `url`. */
async function inProcessOfItsOwn(act: string, env: Record<string, string>, authority: string, ...urls: string[]): Promise<string> {
  const program = `
    import { readFileSync } from 'node:fs';
    import { createTransport } from ${JSON.stringify(resolve('src/http/transport.ts'))};
    const [authority, ...urls] = process.argv.slice(1);
    const tls = authority === '' ? {} : { tls: { ca: readFileSync(authority, 'utf8') } };
    const http = createTransport({ ...tls, env: process.env, timeoutMs: 5000, maxBytes: 1000, maxSockets: 2 });
    for (const url of urls) ${act};
    process.exit(0);`;
  const words = ['--no-warnings', '--import', 'tsx', '--input-type=module', '-e', program, authority, ...urls];
  return (await promisify(execFile)(process.execPath, words, { env: { ...process.env, ...env } })).stdout;
}

describe('createTransport over TLS', () => {
  it('refuses an authority that is not known, and says how to make it known', async () => {
    await expect(get(await serve(ours, LOCAL))).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringMatching(/signed by an authority that is not known here/),
      remedy: expect.stringContaining('bamboo.tls.ca'),
    });
  });

  it('does not turn the checks off when NODE_TLS_REJECT_UNAUTHORIZED says so', async () => {
    const get = `console.log(await http.send({ effect: 'read', method: 'GET', url }).then(({ status }) => status, ({ code }) => code))`;
    expect(await inProcessOfItsOwn(get, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, '', await serve(ours, LOCAL))).toBe('TLS_REFUSED\n');
  });

  it('trusts the given authority', async () => {
    expect((await get(await serve(ours, LOCAL), { ca: ours.cert })).status).toBe(200);
  });

  it('trusts every authority of a bundle, and no other', async () => {
    const bundle = `${others.cert}\n${ours.cert}`;
    expect((await get(await serve(ours, LOCAL), { ca: bundle })).status).toBe(200);
    await expect(get(await serve(ours, LOCAL), { ca: others.cert })).rejects.toMatchObject({ code: 'TLS_REFUSED' });
  });

  it('refuses a certificate for another name', async () => {
    await expect(get(await serve(ours, 'DNS:bamboo.example'), { ca: ours.cert })).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringContaining('for another host name'),
    });
  });

  it('says that a plain http server does not speak TLS', async () => {
    const plain = await startServer((_request, response) => void response.end());
    servers.push(plain);
    await expect(get(plain.url.replace('http:', 'https:'))).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringContaining('does not speak TLS'),
    });
  });

  it('shows a client certificate where the server wants one', async () => {
    const client = others.sign('DNS:client');
    const url = await serve(ours, LOCAL, { requestCert: true, rejectUnauthorized: true, ca: others.cert });
    expect((await get(url, { ca: ours.cert, cert: client.cert, key: new Secret(client.key) })).status).toBe(200);
    await expect(get(url, { ca: ours.cert })).rejects.toMatchObject({ message: expect.stringContaining(`localhost:${new URL(url).port}`) });
  });

  it.each([
    ['an authority that is no certificate', () => ({ ca: 'hello' }), /bamboo\.tls\.ca holds no PEM certificate/],
    ['a certificate that is none', () => ({ cert: 'hello', key: new Secret('k') }), /bamboo\.tls\.cert holds no PEM certificate/],
    ['a certificate without its key', () => ({ cert: ours.cert }), /belong together/],
    ['a key that is none', () => ({ cert: ours.cert, key: new Secret('canary') }), /cannot be used together/],
    ["another certificate's key", () => ({ cert: ours.cert, key: new Secret(others.key) }), /cannot be used together/],
  ])('refuses %s before any request', (_what, tls, sentence) => {
    expect(() => createTransport({ tls: tls(), env: {}, timeoutMs: 1, maxBytes: 1, maxSockets: 1 })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(sentence) }),
    );
  });

  it('goes on honouring NODE_EXTRA_CA_CERTS when an authority is given, too', async () => {
    const extra = join(folder, 'extra.pem');
    writeFileSync(extra, ours.cert);
    const given = join(folder, 'given.pem');
    writeFileSync(given, others.cert);
    const get = `console.log((await http.send({ effect: 'read', method: 'GET', url })).status)`;
    expect(await inProcessOfItsOwn(get, { NODE_EXTRA_CA_CERTS: extra }, given, await serve(ours, LOCAL), await serve(others, LOCAL))).toBe('200\n200\n');
  });
});
