import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Certificate } from '../support/certificates.ts';
import { APPLY, LOCAL, tlsSuite } from '../support/fault-tls.ts';
import { noteFigure } from '../support/figures.ts';
import { type LocalProxy, startProxy } from '../support/local-proxy.ts';
import { findSecrets } from '../support/secret-search.ts';

jest.setTimeout(120_000);
const tls = tlsSuite();
const { ours, others } = tls;

interface BrokenCertificate {
  readonly certificate: () => Certificate;
  readonly trusted: boolean;
  readonly sentence: RegExp;
}

const BROKEN: Readonly<Record<string, BrokenCertificate>> = {
  'of an unknown authority': { certificate: () => ours.sign(LOCAL), trusted: false, sentence: /authority that is not known here/ },
  'that signs itself': { certificate: () => ours, trusted: false, sentence: /authority that is not known here/ },
  'that has run out': { certificate: () => ours.signFor('past', LOCAL), trusted: true, sentence: /has run out/ },
  'that is not valid yet': { certificate: () => ours.signFor('future', LOCAL), trusted: true, sentence: /is not valid yet; check the clock/ },
  'of another host': { certificate: () => ours.sign('DNS:bamboo.example'), trusted: true, sentence: /is for another host name/ },
};

describe.each([
  ['as usual', {}],
  ['where the environment wants no checks', { NODE_TLS_REJECT_UNAUTHORIZED: '0', GIT_SSL_NO_VERIFY: 'true', PYTHONHTTPSVERIFY: '0' }],
])('a certificate, %s,', (_how, env) => {
  beforeEach(() => void Object.assign(process.env, env));
  afterEach(() => {
    for (const name of Object.keys(env)) delete process.env[name];
  });

  it.each(Object.entries(BROKEN))('%s is refused before anything is sent', async (_what, { certificate, trusted, sentence }) => {
    await tls.open(certificate());
    if (trusted) tls.world.trust(ours.cert);
    for (const words of [['inventory'], ['doctor'], ['plan', '-o', 'plan.json']]) {
      const { exit, stdout, stderr } = await tls.world.run(words, env);
      const said = stdout + stderr;
      expect([exit, said]).toEqual([
        1,
        expect.stringMatching(/No secure connection to 127\.0\.0\.1:\d+: its certificate [\s\S]*bamboo\.tls\.ca[\s\S]*never turned off/),
      ]);
      expect(said).toMatch(sentence);
    }
    expect(tls.world.sent()).toEqual([]);
    noteFigure({ promises: ['fails-closed'], what: 'commands refused for a certificate', count: 3 });
  });
});

describe('a private authority', () => {
  it('that is no certificate is refused with the name of its key', async () => {
    await tls.open(ours.sign(LOCAL));
    tls.world.configure(['bamboo', 'tls'], { ca: tls.world.write('ca.pem', 'hello') });
    expect(await tls.world.run(['inventory'])).toMatchObject({ exit: 2, stderr: expect.stringContaining('bamboo.tls.ca holds no PEM certificate') });
  });
});

describe('a client certificate', () => {
  const wanted = () => ({ requestCert: true, rejectUnauthorized: true, ca: others.cert });

  it('is shown where the server wants one, and its key stands nowhere', async () => {
    await tls.open({ ...ours.sign(LOCAL), ...wanted() });
    const { cert, key } = others.sign('DNS:client');
    tls.world.configure(['bamboo', 'tls'], {
      ca: tls.world.write('ca.pem', ours.cert),
      cert: tls.world.write('me.pem', cert),
      key: { file: tls.world.write('me.key', key) },
    });
    const told = await tls.world.run(['inventory']);
    expect(told.exit).toBe(0);
    const line = key.split('\n')[1] ?? '';
    expect(`${told.stdout}${told.stderr}${readFileSync(join(tls.world.directory, 'run.log'), 'utf8')}`).not.toContain(line);
  });

  it.each([
    ['none', () => undefined],
    ['one of an authority that the server does not know', () => ours.sign('DNS:client')],
  ])('is refused by the server where there is %s', async (_what, client) => {
    await tls.open({ ...ours.sign(LOCAL), ...wanted() });
    const { cert, key } = client() ?? {};
    const own = cert === undefined || key === undefined ? {} : { cert: tls.world.write('me.pem', cert), key: { file: tls.world.write('me.key', key) } };
    tls.world.configure(['bamboo', 'tls'], { ca: tls.world.write('ca.pem', ours.cert), ...own });
    expect(await tls.world.run(['inventory'])).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/Error: No (secure connection|whole answer) .{20,}\n.+\n\([A-Z_]+\)/),
    });
    expect(tls.world.sent()).toEqual([]);
  });
});

describe('a proxy that asks who one is', () => {
  const PASSWORD = 'p@ss:w%rd-canary';
  const NAMES = 'DNS:bamboo.example';
  let proxy: LocalProxy;

  beforeEach(async () => {
    proxy = await startProxy('me', PASSWORD);
    await tls.open(ours.sign(NAMES), 'bamboo.example');
    tls.world.trust(ours.cert);
  });

  afterEach(() => proxy.close());

  const address = (password: string, scheme = 'http', port = proxy.port) => `${scheme}://me:${encodeURIComponent(password)}@localhost:${port}`;

  /** Everything that was written or printed, but for the user's own files. */
  function passwordsIn(...texts: string[]): string[] {
    const entries = readdirSync(tls.world.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = entries.map((entry) => relative(tls.world.directory, join(entry.parentPath, entry.name))).filter((name) => !name.includes('secrets'));
    const artefacts = files.map((name) => ({ name, bytes: readFileSync(join(tls.world.directory, name)) }));
    return findSecrets([{ name: 'password of the proxy', value: PASSWORD }], [...artefacts, { name: 'output', bytes: Buffer.from(texts.join('\n')) }]);
  }

  it('lets a run to https and http servers through, which see nothing of its password', async () => {
    const { bitbucketApiUrl, bitbucketGitUrl } = tls.world.simulator;
    const named = (url: string): string => url.replace('127.0.0.1', 'bitbucket.example');
    tls.world.configure(['bitbucket'], { api: named(bitbucketApiUrl), git: named(bitbucketGitUrl) });
    const env = { HTTPS_PROXY: address(PASSWORD), http_proxy: address(PASSWORD) };
    const planned = await tls.world.run(['plan', '-o', 'plan.json'], env);
    const applied = await tls.world.run(APPLY, env);
    expect([planned.exit, applied.exit]).toEqual([0, 0]);
    expect(new Set(proxy.seen.map((line) => new URL(line.replace(/^CONNECT /, 'https://').replace(/^GET /, '')).hostname))).toEqual(
      new Set(['bamboo.example', 'bitbucket.example']),
    );
    expect([...tls.world.proxy.credentials].filter((value) => Buffer.from(value, 'base64').includes(PASSWORD))).toEqual([]);
    expect(passwordsIn(planned.stdout, planned.stderr, applied.stdout, applied.stderr)).toEqual([]);
  });

  it('refuses a wrong password in its own words, and the password is not repeated', async () => {
    proxy.seen.splice(0);
    const told = await tls.world.run(['inventory'], { HTTPS_PROXY: address(`${PASSWORD}-wrong`) });
    expect(told).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/The proxy localhost:\d+ did not let the request to bamboo\.example:\d+ through: .*\(407\)/),
    });
    expect(passwordsIn(told.stdout, told.stderr)).toEqual([]);
    expect(tls.world.sent()).toEqual([]);
  });

  it('is not asked for what NO_PROXY names', async () => {
    tls.world.configure(['bamboo', 'url'], `https://127.0.0.1:${tls.world.proxy.port}/bamboo`);
    const { exit, stderr } = await tls.world.run(['inventory'], { HTTPS_PROXY: address(PASSWORD), NO_PROXY: 'example.com, 127.0.0.0/8' });
    expect([exit, stderr]).toEqual([1, expect.stringContaining('for another host name')]);
    expect(proxy.seen).toEqual([]);
  });

  it('is trusted no more than a server: its own certificate must be good, too', async () => {
    const secured = await startProxy('me', PASSWORD, others.sign('DNS:localhost'));
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const told = await tls.world.run(['inventory'], { HTTPS_PROXY: address(PASSWORD, 'https', secured.port) });
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    await secured.close();
    expect(told).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/through the proxy localhost:\d+: its certificate was signed by an authority that is not known/),
    });
    expect(secured.seen).toEqual([]);
    expect(tls.world.sent()).toEqual([]);
  });

  it('is spoken to over TLS where it has a good certificate', async () => {
    const secured = await startProxy('me', PASSWORD, ours.sign('DNS:localhost'));
    const told = await tls.world.run(['inventory'], { HTTPS_PROXY: address(PASSWORD, 'https', secured.port) });
    await secured.close();
    expect([told.exit, secured.seen[0]]).toEqual([0, `CONNECT bamboo.example:${tls.world.proxy.port}`]);
  });
});
