import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gitPair, type OpenBitbucket, openBitbucket, type Pair } from '../support/simulated-bitbucket.ts';
import { runClient } from './run-client.ts';

let bitbucket: OpenBitbucket;
let folder: string;
beforeEach(async () => {
  bitbucket = await openBitbucket({ now: () => new Date('2026-09-01T00:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'git-client-'));
});
afterEach(async () => {
  await bitbucket.close();
  await rm(folder, { recursive: true });
});

const address = (repository: string, pair?: Pair) => {
  const url = new URL(`${bitbucket.url}/${repository}.git`);
  [url.username, url.password] = (pair ?? ['', '']).map(encodeURIComponent) as Pair;
  return url.href;
};
const list = (repository: string, pair?: Pair) => runClient('git', ['ls-remote', address(repository, pair)]);

describe('git against the simulated Bitbucket', () => {
  it('lists the refs with the token and the static name', async () => {
    expect(await list('acme/shop', gitPair(bitbucket.token))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^[0-9a-f]{40}\tHEAD\n[0-9a-f]{40}\trefs\/heads\/main\n$/),
    });
  });

  it.each(['0', '1', '2'])('clones with protocol version %s a commit that is whole', async (version) => {
    const clone = join(folder, 'clone');
    const run = await runClient('git', ['-c', `protocol.version=${version}`, 'clone', '--quiet', address('acme/shop', gitPair(bitbucket.token)), clone]);
    expect(run).toMatchObject({ code: 0 });
    expect(await readFile(join(clone, 'README.md'), 'utf8')).toBe('# Rehearsal\n');
    expect(await runClient('git', ['-C', clone, 'fsck', '--strict'])).toMatchObject({ code: 0 });
  });

  it('clones shallowly, as Bamboo may', async () => {
    expect(await runClient('git', ['clone', '--quiet', '--depth=1', address('acme/shop', gitPair(bitbucket.token)), join(folder, 'clone')])).toMatchObject({
      code: 0,
    });
  });

  it('clones a public repository without a credential', async () => {
    Object.assign(bitbucket.world.workspaces[0]?.repositories[0] ?? {}, { isPrivate: false });
    expect(await runClient('git', ['clone', '--quiet', address('acme/shop'), join(folder, 'clone')])).toMatchObject({ code: 0 });
  });

  it.each<[string, () => Pair]>([
    ['the email as user name', () => [bitbucket.token.email, bitbucket.token.value]],
    ['a wrong token', () => ['x-bitbucket-api-token-auth', 'ATATwrong']],
  ])('fails to authenticate with %s', async (_what, pair) => {
    const run = await list('acme/shop', pair());
    expect(run.code).toBe(128);
    expect(run.stderr).toContain('remote: You may not have access to this repository');
    expect(run.stderr).toContain('fatal: Authentication failed for');
  });

  it('meets 410 with an app password', async () => {
    const run = await runClient('git', ['clone', address('acme/shop', ['build-bot', bitbucket.world.appPasswords[0]?.value ?? '']), join(folder, 'clone')]);
    expect(run.code).toBe(128);
    expect(run.stderr).toContain('remote: App passwords are deprecated and must be replaced with API tokens.');
    expect(run.stderr).toContain('The requested URL returned error: 410');
  });

  it('meets 403 when the scope is missing', async () => {
    bitbucket.token.scopes = ['read:user:bitbucket'];
    const run = await list('acme/shop', gitPair(bitbucket.token));
    expect(run.stderr).toContain('remote: Your credentials lack one or more required privilege scopes.');
    expect(run.stderr).toContain('The requested URL returned error: 403');
  });

  it('may not push, whatever the token', async () => {
    const clone = join(folder, 'clone');
    await runClient('git', ['clone', '--quiet', address('acme/shop', gitPair(bitbucket.token)), clone]);
    expect(await runClient('git', ['-C', clone, 'push', 'origin', 'HEAD:refs/heads/other'])).toMatchObject({
      code: 128,
      stderr: expect.stringContaining('403'),
    });
  });
});

describe('curl against the simulated Bitbucket', () => {
  const ask = (pair: Pair, path: string) => runClient('curl', ['--silent', '--show-error', '--include', '--user', pair.join(':'), `${bitbucket.url}${path}`]);

  it('reads the identity and the token id', async () => {
    const { stdout } = await ask([bitbucket.token.email, bitbucket.token.value], '/2.0/user');
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(stdout).toContain(`x-token-id: ${bitbucket.token.tokenId}`);
  });

  it('gets the advertisement byte for byte', async () => {
    const { stdout } = await ask(gitPair(bitbucket.token), '/acme/till.git/info/refs?service=git-upload-pack');
    expect(stdout).toContain('\r\n\r\n001e# service=git-upload-pack\n0000');
    expect(stdout.endsWith('0000')).toBe(true);
  });
});
